import type { CannedResponse } from '../api/settings-types.ts';
import { withLabel } from '../ticket/hopes.ts';
import type { OpenTicket } from '../ticket/open-ticket.svelte.ts';
import type { AnswerDraft } from './answer-draft.svelte.ts';
import type { AnswerSending } from './answer-sending.svelte.ts';

/** What a canned response brings along besides its words. */
export async function useCanned(
  { id, attachments, labels, afterSend }: CannedResponse,
  { page, draft, sending }: { page: OpenTicket; draft: AnswerDraft; sending: AnswerSending },
): Promise<void> {
  draft.addFiles(attachments);
  if (afterSend !== null) sending.after = afterSend;
  // Only counted: an answer is written all the same when this is lost.
  void page.api.useCanned(id).catch(() => null);
  for (const name of labels) {
    if (page.ticket.labels.includes(name)) continue;
    await page.attempt('manage', () => page.api.label(page.number, name), withLabel(name));
  }
}
