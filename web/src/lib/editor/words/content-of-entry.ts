import type { MessageEntry } from '../../api/types.ts';
import { filesByContentId, readImageAddress } from '../../ticket/mail-addresses.ts';
import type { AnswerContent } from '../answer-draft.svelte.ts';
import { htmlOfText } from './mail-html.ts';

/** A mail of ours as it was written, to be changed and sent again. */
export function contentOfEntry(entry: MessageEntry): AnswerContent {
  const { html, text, to, cc, bcc = [], attachments } = entry;
  const known = filesByContentId(attachments);
  const written = html
    ?.replace(/ style="[^"]*"/g, '')
    .replace(/\ssrc="(cid:[^"]*)"/g, (_whole, address: string) => {
      const found = readImageAddress(address, known);
      return found !== null && 'own' in found ? ` src="${found.own}"` : '';
    });
  const files = attachments.filter((file) => !file.inline);
  return { html: written ?? htmlOfText(text), to, cc, bcc, files };
}
