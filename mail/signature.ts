import { MOBILE_SIGNATURE } from './quote-words.ts';

/** RFC 3676, 4.3; some programs strip the space. */
const RULE = /^--\s?$/;

/** RFC 1855 asks for four; companies put addresses, registers and a note of the law there. */
const SIGNATURE_LINES_MAX = 30;

interface Parts {
  replyText: string;
  quotedText: string;
}

/**
 * Moves the signature at the end of a reply to what is folded: what follows the rule of two dashes,
 * or the line of a telephone. A greeting with a name stays; that is part of what a person says.
 *
 * @param isAbove whether the reply stands above what it quotes
 */
export function foldSignature({ replyText, quotedText }: Parts, isAbove: boolean): Parts {
  const lines = replyText.split('\n');
  const at = signatureAt(lines);
  const reply = at === null ? '' : lines.slice(0, at).join('\n').trimEnd();
  if (at === null || reply.trim() === '') return { replyText, quotedText };
  const signature = lines.slice(at).join('\n').trimEnd();
  const folded = isAbove ? [signature, quotedText] : [quotedText, signature];
  return { replyText: reply, quotedText: folded.filter((part) => part !== '').join('\n\n') };
}

function signatureAt(lines: readonly string[]): number | null {
  const last = lines.findLastIndex((line) => line.trim() !== '');
  const rule = lines.findLastIndex((line) => RULE.test(line));
  if (rule >= 0 && rule < last && last - rule <= SIGNATURE_LINES_MAX) return rule;
  const words = (lines[last] ?? '').trim().replace(/^[*_]+|[*_.]+$/g, '');
  return last > 0 && MOBILE_SIGNATURE.test(words) ? last : null;
}
