import type { CompanyTransaction } from '../database/client.ts';
import { insert } from '../database/client.ts';
import { readTurns } from '../database/queries/exchanges.ts';
import type { Turn } from '../database/queries/exchanges.ts';
import type { NewMessage } from '../database/queries/mail-rows.ts';
import { snippetOf } from '../mail/parse.ts';

/** The ticket that an exchange goes into, and who asked. */
export interface ExchangePlace {
  exchange: string;
  ticket: number;
  mailbox: string;
  customer: string | null;
  subject: string;
  from: { name: string; address: string };
}

/**
 * Keeps what was asked and answered as messages of a ticket, under ids that follow from it: kept
 * again, they stay as they were. Nothing of it is a mail.
 */
export async function keepExchange(trx: CompanyTransaction, place: ExchangePlace): Promise<void> {
  const { company } = trx;
  const turns = await readTurns(trx, place.exchange);
  for (const message of turns.flatMap((turn, index) => messagesOf(turn, index + 1, place))) {
    await insert(trx, 'message', { company, ...message }, 'on conflict do nothing');
  }
}

function messagesOf(turn: Turn, number: number, place: ExchangePlace): NewMessage[] {
  const { exchange, ticket, mailbox, customer, subject, from } = place;
  const id = `${exchange}-${ticket}-${number}`;
  const common = { exchange, ticket, mailbox, customer, subject, at: turn.at };
  const asked: NewMessage = {
    ...common,
    ...words(turn.question),
    id: `asked-${id}`,
    direction: 'in',
    kind: 'customer',
    from_name: from.name,
    from_address: from.address,
  };
  const answer = shownAnswer(turn);
  if (answer === '') return [asked];
  const answered: NewMessage = {
    ...common,
    ...words(answer),
    id: `answered-${id}`,
    direction: 'out',
    kind: 'assistant',
    automatic: true,
  };
  return [asked, answered];
}

function words(text: string) {
  return { text, reply_text: text, snippet: snippetOf(text) };
}

/** What the visitor saw: the answer and the pages beside it. */
function shownAnswer({ answer, sources }: Turn): string {
  const pages = sources.map(({ title, url }) => `${title}\n${url}`);
  return [...(answer === null ? [] : [answer]), ...pages].join('\n\n');
}
