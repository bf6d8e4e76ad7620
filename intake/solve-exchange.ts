import type { CompanyTransaction, Database } from '../database/client.ts';
import {
  findUntakenExchanges,
  lockExchange,
  putOffExchange,
  readTurns,
  solveAs,
} from '../database/queries/exchanges.ts';
import type { ExchangeState } from '../database/queries/exchanges.ts';
import { readTextOfMails } from '../database/queries/desk-texts.ts';
import { firstSubjectId, keepText } from '../database/queries/facts.ts';
import { customerByAddress, teamOfMailbox } from '../database/queries/intake.ts';
import { allocateNumber } from '../database/queries/ticket-log.ts';
import { RefusedError, refused } from '../domain/errors.ts';
import type { Language } from '../domain/languages.ts';
import { cleanLine } from '../mail/clean-text.ts';
import { every } from '../runtime/every.ts';
import type { IntakeLogger } from './dependencies.ts';
import { keepExchange } from './keep-exchange.ts';
import type { TicketWorkflows } from './ticket-workflows.ts';

/** A subject is one line in a list; the question itself is the first message. */
const SUBJECT_CHARS_MAX = 120;

/** As stored mail (durability.md, 8): every 5 s, what nobody has handed over within 5 s. */
const SWEEP_EVERY_MS = 5_000;
const UNTAKEN_FOR_MS = 5_000;
const EXCHANGES_A_ROUND_MAX = 50;

/** After 5 s, 10 s, 20 s and so on, for a day: what is refused so long is refused for ever. */
const TRIES = { firstWaitMs: 5_000, triesMax: 15 } as const;

export interface ExchangeDependencies {
  database: Database;
  workflows: TicketWorkflows;
  logger: IntakeLogger;
}

/** The visitor who says that it is solved; '' where they do not say who they are. */
export interface Visitor {
  email: string;
  name: string;
}

/**
 * Makes a solved ticket of an exchange, once: asked again, it is the same one. Stored first, like a
 * mail: what is not handed over because Temporal is away or a process died, the sweep hands over.
 * Null when there is no such exchange any more.
 * @throws RefusedError `not_allowed` when nothing was answered, or a person was asked already
 */
export async function solveExchange(
  dependencies: ExchangeDependencies,
  asked: { company: string; exchange: string },
  visitor: Visitor,
  keepDays: number,
): Promise<{ number: number } | null> {
  const { company, exchange } = asked;
  const kept = await dependencies.database.withCompany(company, async (trx) => {
    const state = await lockExchange(trx, exchange);
    if (!state) return null;
    const team = await teamOfMailbox(trx, state.mailbox);
    if (state.ticket !== null) return { number: state.ticket, team };
    return { number: await becomeTicket(trx, { exchange, state, visitor, keepDays }), team };
  });
  if (!kept) return null;
  const { number, team } = kept;
  try {
    await deflect(dependencies.workflows, { company, exchange, number }, team);
  } catch (error) {
    if (!isAway(error)) throw error;
    dependencies.logger.warn({ err: error, company, number }, 'a solved exchange waits');
  }
  return { number };
}

async function becomeTicket(
  trx: CompanyTransaction,
  made: { exchange: string; state: ExchangeState; visitor: Visitor; keepDays: number },
): Promise<number> {
  const { exchange, state, visitor, keepDays } = made;
  const turns = await readTurns(trx, exchange);
  refuseUnsolved(state, turns);
  const email = visitor.email === '' ? state.email : visitor.email;
  const name = visitor.name === '' && email === '' ? await nameOfVisitors(trx) : visitor.name;
  // Whoever does not say who they are is a customer of their own, without an address.
  const customer = await customerByAddress(trx, email, name);
  const subject = cleanLine(turns[0]?.question ?? '', SUBJECT_CHARS_MAX);
  const number = await allocateNumber(trx);
  await keepText(trx, number, firstSubjectId(number), subject);
  const from = { name, address: email };
  const { mailbox } = state;
  await keepExchange(trx, { exchange, ticket: number, mailbox, customer, subject, from });
  await solveAs(trx, exchange, { ticket: number, customer, email, name, days: keepDays });
  return number;
}

/** What lists call somebody who did not say more. */
const VISITOR: Record<Language, string> = { en: 'Visitor', sv: 'Besökare' };

async function nameOfVisitors(trx: CompanyTransaction): Promise<string> {
  return VISITOR[(await readTextOfMails(trx, 'acknowledgement')).language];
}

function refuseUnsolved(
  { hasForm }: ExchangeState,
  turns: readonly { answer: string | null; sources: readonly unknown[] }[],
): void {
  if (hasForm) {
    throw refused(
      'not_allowed',
      'A person has this conversation already; answer their mail to say that it is solved.',
    );
  }
  if (turns.some(({ answer, sources }) => answer !== null || sources.length > 0)) return;
  throw refused(
    'not_allowed',
    'Nothing was found that could have solved this; write to a person by the contact form.',
  );
}

function deflect(
  workflows: TicketWorkflows,
  { company, exchange, number }: { company: string; exchange: string; number: number },
  team: string | null,
): Promise<unknown> {
  const command = { exchange, id: `deflect-${exchange}` };
  return workflows.command({ company, number }, 'deflect', command, { state: 'solved', team });
}

/** Temporal does not answer; any other refusal is a mistake. */
function isAway(error: unknown): boolean {
  return error instanceof RefusedError && error.refusal.code === 'unavailable';
}

/** Hands over what was solved and left behind: at start, then every few seconds. */
export function startExchangeSweep(dependencies: ExchangeDependencies): { stop(): Promise<void> } {
  return every(
    SWEEP_EVERY_MS,
    () => sweepExchanges(dependencies, UNTAKEN_FOR_MS),
    (error) =>
      dependencies.logger.warn({ err: error }, 'the sweep for exchanges did not get through'),
  );
}

export async function sweepExchanges(
  { database, workflows, logger }: ExchangeDependencies,
  untakenForMs: number,
): Promise<void> {
  const untaken = await findUntakenExchanges(database.lookups, untakenForMs, EXCHANGES_A_ROUND_MAX);
  for (const { company, exchange, ticket } of untaken) {
    try {
      await deflect(workflows, { company, exchange, number: ticket }, null);
    } catch (error) {
      // Temporal is away: all of them wait for the next round.
      if (isAway(error)) throw error;
      const isOver = await database.withCompany(company, (trx) =>
        putOffExchange(trx, exchange, TRIES),
      );
      const facts = { err: error, company, ticket };
      if (isOver) logger.error(facts, 'a solved exchange is given up; it becomes no ticket');
      else logger.warn(facts, 'a solved exchange was not taken; it is tried again later');
    }
  }
}
