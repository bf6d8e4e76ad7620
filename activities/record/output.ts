import type { CompanyTransaction } from '../../database/client.ts';
import { readEvents } from '../../database/queries/ticket-log.ts';
import type { Ticket } from '../../domain/ticket/ticket.ts';
import type { RecordInput, RecordOutput } from '../../workflows/messages.ts';

/** More news than this travel as the whole state: a history entry stays small. */
const NEWS_EVENTS_MAX = 50;

/** What the workflow is told: what it does not know yet, and the command's own outcome. */
export async function output(
  trx: CompanyTransaction,
  input: RecordInput,
  ticket: Ticket,
  outcome: RecordOutput['outcome'],
): Promise<RecordOutput> {
  const { knownSeq } = input;
  const { seq } = ticket;
  if (seq - knownSeq > NEWS_EVENTS_MAX) return { seq, news: { ticket }, outcome };
  const fresh = 'events' in outcome ? outcome.events : [];
  const covered = fresh[0]?.seq === knownSeq + 1 && fresh.at(-1)?.seq === seq;
  const after = { after: knownSeq };
  const events =
    seq === knownSeq ? [] : covered ? fresh : await readEvents(trx, ticket.number, after);
  return { seq, news: { events }, outcome };
}
