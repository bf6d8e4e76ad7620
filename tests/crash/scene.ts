import { setTimeout as sleep } from 'node:timers/promises';
import type { Product } from '../../stack/test-stack.ts';
import type { CustomersServer } from './customers-server.ts';
import { SLOW_TO_CONFIRM, SLOW_TO_LISTEN } from './customers-server.ts';
import { type Desk, fieldOf } from './desk.ts';
import { type PostedMail, startPosting } from './mail-servers.ts';
import type { Random } from './random.ts';
import { waitUntil } from './wait-until.ts';

/** What was under way when something died, and what has to come of it. */
export interface Scene {
  victim: string;
  mails: readonly PostedMail[];
  /** Message-IDs that got their 250. */
  accepted: ReadonlySet<string>;
  tries: number;
  /** The ticket that should come back, and the one that should be solved. */
  callback: number;
  autoSolve: number;
  dueAt: string;
  /** Ids of the answers to customers. */
  replies: readonly string[];
}

export interface CrashOptions {
  victim: string;
  mails: number;
  servers: number;
  random: Random;
  customers: CustomersServer;
  /** The desk and the product of the moment: both are others after a new start. */
  desk: () => Desk;
  product: () => Product;
  /** Kills, and starts again what nobody else does; `dueAt` is when the timers are due. */
  crash: (dueAt: string) => Promise<void>;
}

const TO = 'support@acme.test';

/** Customers who get an answer in the moment of the crash, beside the two slow ones. */
const ANSWERED = 4;

/** The timers are due so long after they are set; the kill comes before, at the latest so long. */
const DUE_AFTER_MS = 6_000;
const KILL_BEFORE_DUE_MS = 1_000;
/** The kill comes when a random share of the mails up to this has got its 250. */
const SHARE_MAX = 0.5;
/** The answers go out at random moments within this. */
const ANSWERS_WITHIN_MS = 2_000;

/** Waits of the beginning, when nothing is broken yet. */
const CALM_MS_MAX = 30_000;
/** A part is back within seconds; a busy machine takes longer. */
const POSTED_MS_MAX = 90_000;

/** Sends mails in and answers out, sets timers, and lets `crash` happen in the middle of it. */
export async function playScene(options: CrashOptions): Promise<Scene> {
  const { victim, random, customers, desk, product } = options;
  const port = () => product().smtpPort;
  const names = [SLOW_TO_LISTEN, SLOW_TO_CONFIRM, 'callback', 'auto-solve'];
  for (let index = 0; index < ANSWERED; index += 1) names.push(`answered-${index}`);
  const before = names.map((name) => mailOf(victim, name));
  const slowCustomers = before.slice(0, 2).map(({ from }) => from);
  await startPosting({ mails: before, servers: 4, to: TO, port, random }).finished;
  const [toListen, toConfirm, callback, autoSolve, ...answered] = await ticketsOf(desk(), before);
  if (!toListen || !toConfirm || !callback || !autoSolve) throw new Error('a ticket is missing');

  const answer = (ticket: number) => answerCustomer(desk(), victim, ticket);
  const slow = await Promise.all([answer(toListen), answer(toConfirm)]);
  await waitUntil(
    'both slow customers are being written to',
    () => slowCustomers.every((address) => customers.isWaiting(address)) || undefined,
    CALM_MS_MAX,
  );
  const dueAt = new Date(Date.now() + DUE_AFTER_MS).toISOString();
  await Promise.all([
    desk().post(`/tickets/${callback}/pend`, { until: dueAt }, `${victim}-pend`),
    desk().post(`/tickets/${autoSolve}/auto-solve`, { at: dueAt }, `${victim}-auto-solve`),
  ]);

  const mails = Array.from({ length: options.mails }, (_, index) => mailOf(victim, `${index}`));
  const posting = startPosting({ mails, servers: options.servers, to: TO, port, random });
  const answers = answered.map(async (ticket) => {
    await sleep(random.between(0, ANSWERS_WITHIN_MS));
    return answer(ticket);
  });
  const leftMs = Date.parse(dueAt) - Date.now() - KILL_BEFORE_DUE_MS;
  const enough = random.between(1, Math.floor(mails.length * SHARE_MAX));
  await Promise.race([posting.reached(enough), sleep(leftMs)]);
  await options.crash(dueAt);
  for (const address of slowCustomers) customers.release(address);
  const replies = [...slow, ...(await Promise.all(answers))];
  await Promise.race([posting.finished, tooLong(POSTED_MS_MAX)]).finally(posting.stop);
  const { accepted } = posting;
  return { victim, mails, accepted, tries: posting.tries(), callback, autoSolve, dueAt, replies };
}

/** The subject tells the mail in the API, the Message-ID in the database. */
function mailOf(victim: string, name: string): PostedMail {
  const from = `${name}-${victim}@customers.test`.toLowerCase();
  return { from, subject: `Order ${name} (${victim})`, messageId: `order-${from}` };
}

async function ticketsOf(desk: Desk, mails: readonly PostedMail[]): Promise<number[]> {
  return Promise.all(
    mails.map(({ messageId }) =>
      waitUntil(
        `${messageId} is a ticket`,
        async () => {
          const rows = await desk.rows<{ number: number }>(
            `select t.number from mail m join ticket t on t.number = m.ticket
             where m.message_id = ? and m.outcome = 'new_ticket'`,
            [messageId],
          );
          return rows[0]?.number;
        },
        CALM_MS_MAX,
      ),
    ),
  );
}

async function answerCustomer(desk: Desk, victim: string, ticket: number): Promise<string> {
  const body = { text: `It is on its way (${victim}).`, undoSeconds: 0 };
  const answer = await desk.post(`/tickets/${ticket}/reply`, body, `${victim}-reply-${ticket}`);
  return String(fieldOf(fieldOf(answer, 'message'), 'id'));
}

async function tooLong(ms: number): Promise<never> {
  await sleep(ms, undefined, { ref: false });
  throw new Error(`not every mail was accepted within ${ms / 1_000} s`);
}
