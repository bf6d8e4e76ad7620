/** Alone on its line, or before the matter on the same one. */
const GREETING = new RegExp(
  '^(?:hi|hello|hey|dear|good (?:morning|day|evening|afternoon)|to whom it may concern|' +
    'hejsan|hej|hallå|god (?:dag|morgon|kväll|middag)|tjena|tja|bästa|kära)' +
    "(?![\\p{L}\\d])(?:\\s{1,8}(?:[\\p{L}.'’-]{1,40}|\\[[\\p{L}-]{1,40}\\])){0,3}" +
    '\\s{0,8}(?:[,!.:–]+\\s*|$)',
  'iu',
);

/** The words that end a letter, with at most a name after a comma. */
const FAREWELL = new RegExp(
  '^(?:(?:with )?(?:(?:my )?(?:kind|kindest|best|warm|warmest|friendly|many|all the)\\s+' +
    '(?:regards|wishes|greetings|thanks|best))|regards|best|' +
    'yours(?: sincerely| faithfully| truly)?|' +
    'sincerely(?: yours)?|cheers|greetings|take care|' +
    '(?:thanks|thank you)(?: again| in advance| very much| so much| a lot| for your help)?|' +
    'have a (?:nice|good|great|lovely|pleasant) (?:day|weekend|evening|time)|' +
    '(?:med )?(?:de )?(?:vänlig|vänliga|varm|varma|bästa|många)\\s+hälsning(?:ar)?|' +
    'hälsningar|hälsar|' +
    'mvh|vh|tack(?: på förhand| igen| så mycket| för hjälpen)?|allt gott|hej då|kram|' +
    'ha (?:en|det) (?:bra|fin|trevlig|fint|skön)(?: dag| helg| kväll)?)' +
    // A name begins with a letter: what may stand before it is no part of it.
    '(?![\\p{L}\\d])[\\s!.,–-]*' +
    "(?:(?:\\p{L}[\\p{L}.'’-]{0,40}|\\[[\\p{L}-]{1,40}\\])(?=[\\s,.]|$)[\\s,.]{0,8}){0,2}$",
  'iu',
);

/** RFC 3676, 4.3, and the lines that telephones put there. */
const RULE = /^(?:--\s?|_{5,})$|^(?:sent from my|skickat från min|get outlook for)\b/i;

/** A signature with street, register and telephone; what is longer is matter. */
const SIGNATURE_LINES_MAX = 12;
const SIGNATURE_LINE_CHARS_MAX = 90;

/** A wish, its adverbs and a name; what is longer goes on about something. */
const FAREWELL_CHARS_MAX = 120;

/** What a letter is about: without what it quotes, its greeting, its farewell and its signature. */
export function matterOf(letter: string): string {
  const lines = letter.split(/\r?\n/).filter((line) => !/^\s*>/.test(line));
  const rule = lines.findIndex((line, at) => at > 0 && RULE.test(line.trim()));
  const above = rule === -1 ? lines : lines.slice(0, rule);
  const first = above.findIndex((line) => line.trim() !== '');
  if (first === -1) return '';
  const opening = (above[first] ?? '').trim();
  const asked = opening.replace(GREETING, '');
  const body = [asked, ...above.slice(first + 1)].map((line) => line.trimEnd());
  const matter = body
    .slice(0, farewellAt(body))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return asked === opening ? matter : capitalBegin(matter);
}

/** Where the letter ends; everything below is name, street and advertisement. */
function farewellAt(lines: readonly string[]): number {
  const at = lines.findLastIndex((line, place) => {
    const words = line.trim();
    if (words.length > FAREWELL_CHARS_MAX || !FAREWELL.test(words)) return false;
    return lines.slice(0, place).some((before) => before.trim() !== '');
  });
  if (at === -1) return lines.length;
  const below = lines.slice(at + 1).filter((line) => line.trim() !== '');
  const isSignature =
    below.length <= SIGNATURE_LINES_MAX &&
    below.every((line) => line.length <= SIGNATURE_LINE_CHARS_MAX && !line.includes('?'));
  return isSignature ? at : lines.length;
}

/** What follows a greeting begins small. */
function capitalBegin(text: string): string {
  const [first = ''] = text;
  return first.toUpperCase() + text.slice(first.length);
}
