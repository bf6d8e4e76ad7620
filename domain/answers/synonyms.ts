/**
 * Words that customers and shops use for the same thing, whatever the company sells. Each line is
 * one meaning; a word may stand in several.
 */
const english = `
refund reimburse repay money
return returning
cancel revoke withdraw
buy purchase order
broken damaged defective cracked faulty shattered smashed torn
deliver shipping ship dispatch postage freight
parcel package box shipment carton
invoice bill receipt
login sign signin log
password passcode pin
account profile login
email e-mail mail
pay payment charge charged paid
price cost fee charge expensive
warranty guarantee
repair fix mend
replace replacement exchange swap spare
change modify alter edit correct
company business firm corporate
tax vat
discount rebate voucher coupon promo
assemble assembly build mount install
instalment installment monthly months
delete remove erase close
twice double duplicate
missing lost lacking incomplete
clean wash laundry
stain spot mark
photo picture image
track follow tracing locate
carrier courier driver van
refused declined rejected
`;

const swedish = `
aterbetalning pengar aterbetala
retur returnera skicka
avboka avbestalla annullera angra
kopa bestalla order bestallning
trasig skadad sprucken sonder defekt krossad
leverans frakt porto
paket forsandelse kartong
faktura rakning kvitto
betala betalning dragit belopp
kostar pris kostnad
garanti
laga reparera
byta andra ersatta
foretag firma bolag
dubbel dubbla
torka tvatta rengora
`;

/** Meanings by PostgreSQL's text search configuration, each a list of words. */
export const synonyms: readonly { dictionary: string; words: string[] }[] = [
  ...meanings('english', english),
  ...meanings('swedish', swedish),
];

function meanings(dictionary: string, lines: string) {
  return lines
    .trim()
    .split('\n')
    .map((line) => ({ dictionary, words: line.split(' ') }));
}
