/**
 * Words that people ask with, not for: they stand in any question and say nothing of its matter.
 * Without accents, in lower case, as they are typed.
 */
const english = `
  a about able after again ago all already also always am an and another any anybody anyone
  anything are aren as ask asked asking at away bad be because been before being best better
  bit but by came can cannot cant come comes could dear did didn do does doesn doesnt doing
  don done dont else enough even ever every everything explain few find first for from fully
  get gets getting give given go goes going good got great guys had happen happy has have
  haven having he hello help her here hey hi him his how however i id if im in information
  into is isn isnt it its just keep kind know last let like likes little look looked looking
  lot love made make many may maybe me mean might more most much must my name need needed
  needs never new next no not nothing now of off oh ok okay on once one only or other our
  out over own please possible problem put question questions really regards right said same
  say says see seem she should show since so some somebody someone something soon sorry
  still stuff such super sure take team tell than thank thanks that the their them then
  there these they thing things think this those though three till to today told too tried
  try trying two u unfortunately until up upon us use used using very via want wanted was
  way we well went were what when where whether which while who whole whom why will wish
  with without won wonder wondering work works would write wrong yes yesterday yet you your
  yours`;

const swedish = `
  adjo aldrig alla allt alltid an andra annat att av bara behover behova ber bli blev blir
  borde bra da de den denna deras dess det detta dig din dina ditt du dock dag efter eller
  en enligt er era ert ett faktiskt fast fick finns fint fraga fragor fran fram far fa for
  forra forst forsoker gang gar ge ger gick ganska god goda gor gora ha hade han har hej
  hejsan hela heller helst helt henne hinner hjalp hjalpa hon honom hos hur hall i idag igar
  igen in inga ingen inget innan inte ja jag jo ju kan kanske klart kommer kunde kunna lite
  man manga med mejl men mer mest mig min mina mindre mitt mot mycket maste mvh naer nagon
  nagot nagra nar nej ni nu nytt ny och ocksa om oss pa redan sa sadan sade saga saker se
  sedan ser sig sin sina sitt sjalv ska skall skulle snalla snart som svar tack tar tid till
  tror tva tyvarr under undrar upp ur ut utan vad valdigt var vara varfor varit varje
  varsagod vart vem vi vilka vilken vilket vill vilja vore vagnar vanliga vara vet at ar
  aven over`;

const languages: readonly { language: string; words: ReadonlySet<string> }[] = [
  { language: 'en', words: new Set(english.trim().split(/\s+/)) },
  { language: 'sv', words: new Set(swedish.trim().split(/\s+/)) },
];

/** Without its accents, as the words of a search stand. */
export function plainWord(word: string): string {
  return word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
}

export function isAskingWord(word: string): boolean {
  const plain = plainWord(word);
  return languages.some(({ words }) => words.has(plain));
}

/** The language that has more of its asking words in the text, as BCP 47; null when none has. */
export function languageOfText(text: string): string | null {
  const asked = (text.match(/[\p{L}\p{M}]+/gu) ?? []).map(plainWord);
  const counts = languages.map(({ language, words }) => {
    return { language, count: asked.filter((word) => words.has(word)).length };
  });
  const [first, second] = counts.toSorted((a, b) => b.count - a.count);
  return first !== undefined && first.count > (second?.count ?? 0) ? first.language : null;
}
