import {
  fillPlaceholders,
  placeholderValues,
  type PlaceholderSources,
} from '../../../../domain/placeholders.ts';
import type { Mailbox } from '../api/types.ts';

/** What will stand below a mail: the agent's own signature, and then the mailbox's. */
export function signatureBelow(
  agents: string,
  mailbox: Pick<Mailbox, 'signature'> | null | undefined,
  sources: PlaceholderSources,
): string {
  const both = [agents, mailbox?.signature ?? ''].filter((text) => text.trim() !== '');
  return fillPlaceholders(both.join('\n\n'), placeholderValues(sources));
}
