import { readQueuedSeq, readThread, readTicketOfMail } from '../../database/queries/outgoing.ts';
import type { TicketOfMail } from '../../database/queries/outgoing.ts';
import type { MessageRow } from '../../database/rows.ts';
import { REFERENCES_OUT_FIRST, REFERENCES_OUT_LAST } from '../../mail/limits.ts';
import type { SendInput } from '../../workflows/messages.ts';
import type { PrepareDependencies } from './prepare-dependencies.ts';

/** What a mail is written from. */
export interface Material {
  input: SendInput;
  message: MessageRow;
  ticket: TicketOfMail;
  /** The newest event that it can know of: what came later is another mail's. */
  upTo: number;
  /** Message-IDs of the conversation so far, oldest first. */
  thread: string[];
}

export async function readMaterial(
  { database }: PrepareDependencies,
  input: SendInput,
  message: MessageRow,
): Promise<Material> {
  const { company, number } = input;
  return database.withCompany(company, async (trx) => {
    const ticket = await readTicketOfMail(trx, number, message.mailbox);
    if (!ticket) throw new TypeError('The mailbox that it was to leave by is gone.');
    const upTo = message.up_to ?? (await readQueuedSeq(trx, number, message.id)) - 1;
    const atEachEnd = Math.max(REFERENCES_OUT_FIRST, REFERENCES_OUT_LAST);
    const thread = await readThread(trx, number, upTo, atEachEnd);
    return { input, message, ticket, upTo, thread };
  });
}
