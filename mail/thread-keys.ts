/** How mail programs mark answers and forwards, in the languages that their makers chose. */
const PREFIX =
  /^\s*(?:re|r|aw|antw|antwort|sv|vs|vb|odp|res|rv|ref|rép|ynt|fwd?|wg|tr|enc|i|doorst|vl|pd)\s*(?:\[\d{1,3}\]|\(\d{1,3}\))?\s*[:：]\s*/i;

const NUMBER = /\[#([1-9]\d{0,14})\]/;

/** More prefixes than this are no conversation but an attack on the loop that removes them. */
const PREFIXES_MAX = 50;

/** The ticket number that a subject names as `[#123]`; of several the outermost, hence newest. */
export function subjectNumber(subject: string): number | null {
  const digits = NUMBER.exec(subject)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** The subject of an answer: one `Re: `, whatever marks it had, and the number when given. */
export function replySubject(subject: string, number: number | null): string {
  let text = subject.trim();
  for (let count = 0; count < PREFIXES_MAX && PREFIX.test(text); count += 1) {
    text = text.replace(PREFIX, '');
  }
  return `Re: ${number === null ? text : subjectWithNumber(text, number)}`;
}

/** The subject with `[#123]` in front, unless it names that number already. */
export function subjectWithNumber(subject: string, number: number): string {
  return subjectNumber(subject) === number ? subject : `[#${number}] ${subject}`;
}
