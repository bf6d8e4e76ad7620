import { together } from '../../database/client.ts';
import type { CompanyTransaction } from '../../database/client.ts';
import {
  keepText,
  readAgentFacts,
  readCustomerSide,
  readLabelFact,
  readMailFact,
  readMessageFact,
  readNamed,
  readNoteFact,
  readReopenWindow,
} from '../../database/queries/facts.ts';
import { readRatingFact } from '../../database/queries/ratings.ts';
import { readAnswerFact } from '../../database/queries/assistant-answers.ts';
import { countAutomaticMail, countLinks } from '../../database/queries/automatic-mail.ts';
import { readExchangeFact } from '../../database/queries/exchanges.ts';
import type { Command } from '../../domain/ticket/commands.ts';
import { AUTOMATIC_WINDOW_MS } from '../../domain/ticket/decide/automatic-limit.ts';
import { LINKS_WINDOW_MS } from '../../domain/ticket/decide/linking.ts';
import type { Facts } from '../../domain/ticket/facts.ts';
import type { Ticket } from '../../domain/ticket/ticket.ts';

/** Reads what this command's decision looks at, and nothing else: most commands need one query. */
export async function readFacts(
  trx: CompanyTransaction,
  ticket: Ticket,
  command: Command,
  defaults: { reopenWindowMs: number; assistantBudgetMs: number },
): Promise<Facts> {
  const [named, ownWindow, side] = await together([
    readNamedByCommand(trx, ticket, command),
    canSolve(command) ? readReopenWindow(trx) : null,
    canSolve(command) && ticket.seq > 0
      ? readCustomerSide(trx, ticket.number)
      : { untaken: false, automatic: false },
  ]);
  return {
    ...named,
    agents: await readAgentFacts(trx, agentsIn(ticket, command, named)),
    settings: {
      reopenWindowMs: ownWindow ?? defaults.reopenWindowMs,
      assistantBudgetMs: defaults.assistantBudgetMs,
    },
    untakenCustomerMail: side.untaken,
    automaticSender: side.automatic,
    automaticLately: await readAutomaticLately(trx, ticket, command, named),
  };
}

/**
 * Counted only where the decision may send one, and under a lock of the address until this one is
 * written: tickets that begin at the same moment do not each find room for the last.
 */
async function readAutomaticLately(
  trx: CompanyTransaction,
  ticket: Ticket,
  command: Command,
  { mail, message }: Named,
): Promise<number> {
  const then = command.type === 'solve' ? command : message?.then;
  const customer = ticket.customer ?? mail?.origin.customer ?? message?.origin?.customer ?? null;
  const isAnswered = ticket.seq === 0 && mail?.acknowledge === true;
  const isSummed =
    then && ('solve' in then ? then.solve.summary : 'summary' in then && then.summary);
  const isAssisted = command.type === 'assisted' || command.type === 'assistantDue';
  if (customer === null || !(isAnswered || isSummed || isAssisted)) return 0;
  return countAutomaticMail(trx, customer, AUTOMATIC_WINDOW_MS);
}

type Named = Pick<
  Facts,
  | ('team' | 'label' | 'note' | 'rating' | 'text' | 'mail' | 'message' | 'exchange')
  | ('answer' | 'linksLately')
>;

async function readNamedByCommand(
  trx: CompanyTransaction,
  ticket: Ticket,
  command: Command,
): Promise<Named> {
  switch (command.type) {
    case 'receive':
      return { mail: await readMailFact(trx, ticket.number, command.mail) };
    case 'compose':
    case 'reply':
    case 'cancelSend':
    case 'moveSend':
    case 'resend':
    case 'delivery':
    case 'sendDue':
      return { message: await readMessageFact(trx, ticket.number, command.message) };
    case 'changeTeam':
      return {
        team: command.team === null ? null : await readNamed(trx, 'team', command.team),
      };
    case 'label':
    case 'unlabel':
      return { label: await readLabelFact(trx, command.label) };
    case 'note':
      return { note: await readNoteFact(trx, ticket.number, command.note) };
    case 'sendLink':
      return { linksLately: await countLinks(trx, ticket.number, LINKS_WINDOW_MS) };
    case 'rate':
      return { rating: await readRatingFact(trx, ticket.number, command.rating) };
    case 'rename':
      return { text: await readNamed(trx, 'ticket_text', command.subject) };
    case 'assisted':
      return {
        answer:
          command.answer === null ? null : await readAnswerFact(trx, ticket.number, command.answer),
      };
    case 'deflect':
      return { exchange: await readExchangeFact(trx, ticket.number, command.exchange) };
    case 'pend':
      return { text: await readReason(trx, ticket, command) };
    default:
      return {};
  }
}

/** A reason is the id of a text; words typed by hand become one, so that the log has no words. */
async function readReason(
  trx: CompanyTransaction,
  ticket: Ticket,
  command: Extract<Command, { type: 'pend' }>,
): Promise<{ id: string } | null> {
  if (command.reason === null || command.reason.trim() === '') return null;
  const known = await readNamed(trx, 'ticket_text', command.reason);
  if (known) return known;
  const id = `reason-${ticket.number}-${command.id}`;
  await keepText(trx, ticket.number, id, command.reason);
  return { id };
}

/** Commands that may end in a solved ticket, directly or by a reply's `then`. */
function canSolve(command: Command): boolean {
  switch (command.type) {
    case 'solve':
    case 'settle':
    case 'deflect':
    case 'reply':
    case 'compose':
    case 'autoSolveDue':
    case 'sendDue':
    case 'assisted':
      return true;
    default:
      return false;
  }
}

function agentsIn(ticket: Ticket, command: Command, named: Named): string[] {
  const ids = [
    command.by,
    'agent' in command ? command.agent : null,
    ticket.owner,
    ...ticket.participants,
    ticket.callback?.by ?? null,
    named.message?.writer ?? null,
    named.mail?.bounce?.message.writer ?? null,
    ...(named.note?.mentions ?? []),
  ];
  return [...new Set(ids.filter((id) => id !== null))];
}
