import { cleanLine } from './clean-text.ts';
import { NAME_CHARS_MAX } from './limits.ts';

/**
 * The line above a mail that is answered: `On Tue, 18 Nov 2025 at 10:00 UTC, Bo Ek wrote:`. Mail
 * programs know it as such and fold what follows; the zone is named, since the reader's is unknown.
 * @param at ISO 8601
 */
export function quoteHeading({ from, at }: { from: string; at: string }): string {
  // Always `Tue, 18 Nov 2025 10:00:00 GMT`, whatever the machine's language.
  const [date, time] = new Date(at).toUTCString().split(/ (?=\d\d:\d\d)/);
  const name = cleanLine(from, NAME_CHARS_MAX) || 'the sender';
  return `On ${date} at ${time?.slice(0, 5)} UTC, ${name} wrote:`;
}
