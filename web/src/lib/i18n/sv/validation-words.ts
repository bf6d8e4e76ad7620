type Rule = readonly [said: RegExp, words: string];

/** What the server says, in English, of what it does not accept. */
const RULES: readonly Rule[] = [
  [/html" is too large or complex/, 'Texten är för stor eller invecklad. Skicka den som en fil.'],
  [/"([^"]*)" is (?:no|not a) mail address/, '”$1” är ingen e-postadress.'],
  [
    /"([^"]*)" is no address for a mailbox/,
    '”$1” kan inte vara en brevlådas adress. Ange en utan plustecken.',
  ],
  [/ has (\d+) addresses; give at most (\d+)/, 'Det är $1 adresser, högst $2 går.'],
  [/^The customer has no mail address/, 'Kunden har ingen e-postadress. Lägg till en hos kunden.'],
  [/^The form has no file/, 'Ingen fil följde med. Lägg till en.'],
  [/^body field "current"/, 'Det är inte ditt lösenord.'],
  [
    /(\{\{.*?\}\}) is not known in this mail; there are (.*)\.$/,
    '$1 finns inte i det här mejlet. Det finns $2.',
  ],
  [/cannot be merged with itself/, 'Det går inte att slå ihop något med sig självt.'],
  [
    / (\d+) bytes are more than the (\d+)/,
    'Det är mer än den här servern tar emot: högst $2 byte.',
  ],
  [/"subject" is empty/, 'Ämnesraden är tom. Skriv ett ämne.'],
  [/"to" names nobody/, 'Ingen mottagare är angiven. Ange en adress.'],
  [/^There is no mailbox to write from/, 'Det finns ingen brevlåda att skriva från.'],
  [/^The message is empty/, 'Mejlet är tomt. Skriv något eller bifoga en fil.'],
  [/^The label "[^"]*" has \d+ letters; give 1 to (\d+)/, 'En etikett har 1 till $1 tecken.'],
  [/ is more than \d+ years away/, 'Tiden ligger för långt fram. Välj en tidigare.'],
  [/ is not a date/, 'Det är ingen giltig tid.'],
  [/ is no time zone/, 'Tidszonen finns inte. Välj en som Europe/Stockholm.'],
  [/^No mailbox has an address at (\S+);/, 'Ingen brevlåda har en adress på $1. Skapa en först.'],
  [/\.host is missing/, 'Servern saknas. Ange dess namn.'],
  [/\.host changes to "([^"]*)"/, 'Servern blir ”$1”: ange lösenordet eller nyckeln på nytt.'],
  [/ has a password and oauth/, 'Ange antingen lösenord eller OAuth.'],
  [/ needs a password or oauth/, 'Det behövs ett lösenord eller OAuth för att logga in.'],
  [/\.refreshToken is missing/, 'Uppdateringsnyckeln saknas. Ange den tillsammans med klienten.'],
  [/\.ca holds no certificate/, 'Där finns inget läsbart certifikat. Klistra in det i PEM-format.'],
  [/\.tokenEndpoint "([^"]*)" is no https/, '”$1” är ingen https-adress.'],
  [/\.processedFolder "([^"]*)" is the folder/, 'Mappen ”$1” är den som läses. Välj en annan.'],
  [/ holds a NUL character/, 'Texten innehåller tecken som inte kan sparas. Skriv vanlig text.'],
  [/field "[^"]*" is missing/, 'Något som behövs saknas.'],
  [/must NOT have fewer than (\d+) characters/, 'Det är för kort: minst $1 tecken.'],
  [/must NOT have more than (\d+) characters/, 'Det är för långt: högst $1 tecken.'],
  [/must NOT have more than (\d+) items/, 'Det är för många: högst $1.'],
  [/must be >= (\d+)/, 'Det är för litet: minst $1.'],
  [/must be <= (\d+)/, 'Det är för stort: högst $1.'],
  [/must match pattern "\\S"/, 'Det är tomt. Skriv något.'],
];

/**
 * Why something is not accepted, as a Swedish sentence. The server's English is never shown: for
 * what has no sentence of its own the fields are named.
 */
export function swedishValidation(said: string, fields: readonly string[]): string {
  for (const [pattern, words] of RULES) {
    const match = pattern.exec(said);
    if (match !== null) return words.replace(/\$(\d)/g, (_, place) => match[Number(place)] ?? '');
  }
  return fields.length === 0
    ? 'Servern godtog inte det du fyllde i. Rätta det och försök igen.'
    : `Servern godtog inte ${fields.join(', ')}. Rätta det och försök igen.`;
}
