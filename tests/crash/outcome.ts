import type { CustomersServer } from './customers-server.ts';
import type { Desk } from './desk.ts';
import type { Scene } from './scene.ts';
import { waitUntil } from './wait-until.ts';

/** The longest honest wait: an attempt's lease, Temporal's heartbeat limit and one retry after. */
const SETTLED_MS_MAX = 90_000;

export interface MailCounts {
  accepted: number;
  tries: number;
  /** By Message-ID in the database: mails that are one ticket, none, more than one. */
  once: number;
  lost: number;
  doubled: number;
  /** By subject in the API's list of all tickets. */
  onceInApi: number;
  /** Mails that came again after a lost 250, which the ledger says. */
  duplicates: number;
}

/** Waits until no mail is pending any more and counts what the mails of the scene have become. */
export async function countMails(scene: Scene, desk: Desk): Promise<MailCounts> {
  await waitUntil(
    'no mail is pending',
    async () => {
      const pending = await desk.rows(`select id from mail where outcome = 'pending' limit 1`);
      return pending.length === 0 || undefined;
    },
    SETTLED_MS_MAX,
  );
  const ids = scene.mails.map(({ messageId }) => messageId);
  const shown = await desk.rows<{ id: string; tickets: number; duplicates: number }>(
    `select m.message_id as id, count(distinct t.number)::int as tickets,
       count(distinct m.id) filter (where m.outcome = 'duplicate')::int as duplicates
     from mail m left join message s on s.message_id = m.message_id and s.direction = 'in'
       left join ticket t on t.number = s.ticket
     where m.message_id = any(?) group by m.message_id`,
    [ids],
  );
  const tickets = new Map(shown.map((row) => [row.id, row.tickets]));
  const listed = new Map<unknown, number>();
  for (const { subject } of await desk.list('/tickets?view=all')) {
    listed.set(subject, (listed.get(subject) ?? 0) + 1);
  }
  const accepted = scene.mails.filter(({ messageId }) => scene.accepted.has(messageId));
  const among = (fits: (tickets: number) => boolean) =>
    accepted.filter(({ messageId }) => fits(tickets.get(messageId) ?? 0)).length;
  return {
    accepted: accepted.length,
    tries: scene.tries,
    once: among((count) => count === 1),
    lost: among((count) => count === 0),
    doubled: among((count) => count > 1),
    onceInApi: accepted.filter(({ subject }) => listed.get(subject) === 1).length,
    duplicates: shown.reduce((sum, row) => sum + row.duplicates, 0),
  };
}

/** Waits until the timers have fired, and says how often and what they did. */
export async function countTimers(scene: Scene, desk: Desk) {
  const { callback, autoSolve } = scene;
  const stateOf = async (number: number) => {
    const rows = await desk.rows<{ state: string }>(`select state from ticket where number = ?`, [
      number,
    ]);
    return rows[0]?.state;
  };
  await waitUntil(
    'the callback and the auto-solve have fired',
    async () =>
      ((await stateOf(callback)) === 'open' && (await stateOf(autoSolve)) === 'solved') ||
      undefined,
    SETTLED_MS_MAX,
  );
  const events = await desk.rows<{ ticket: number; data: Record<string, unknown> }>(
    `select ticket, data from ticket_event where ticket in (?, ?)`,
    [callback, autoSolve],
  );
  const count = (ticket: number, facts: Record<string, unknown>) =>
    events.filter(
      (event) =>
        event.ticket === ticket &&
        Object.entries(facts).every(([name, value]) => event.data[name] === value),
    ).length;
  const reminders = await desk.list('/reminders');
  return {
    resumed: count(callback, { type: 'resumed', why: 'callback', due: scene.dueAt }),
    reminded: count(callback, { type: 'reminded', kind: 'callback' }),
    inTheBell: reminders.filter(
      (reminder) => reminder.kind === 'callback' && numberOf(reminder.ticket) === callback,
    ).length,
    solved: count(autoSolve, { type: 'solved', kind: 'auto' }),
  };
}

export interface SentMail {
  id: string;
  kind: string;
  state: string;
  /** How often its content reached the customers' server. */
  copies: number;
}

/** Waits until every answer, and the reminder of the callback, has come to its end. */
export async function sentMails(
  scene: Scene,
  desk: Desk,
  customers: CustomersServer,
): Promise<SentMail[]> {
  const rows = await waitUntil(
    'every outgoing mail is sent or uncertain',
    async () => {
      const found = await desk.rows<{ id: string; kind: string; state: string; mail: string }>(
        `select d.message as id, d.kind, d.state, m.message_id as mail
         from message_delivery d join message m on m.id = d.message
         where d.message = any(?) or (d.ticket = ? and d.kind = 'reminder')
         order by array_position(?, d.message)`,
        [[...scene.replies], scene.callback, [...scene.replies]],
      );
      const open = found.some(({ state }) => state !== 'sent' && state !== 'uncertain');
      return open || found.length <= scene.replies.length ? undefined : found;
    },
    SETTLED_MS_MAX,
  );
  return rows.map(({ mail, ...row }) => ({ ...row, copies: customers.copies(mail) }));
}

function numberOf(ticket: unknown): unknown {
  return typeof ticket === 'object' && ticket !== null && 'number' in ticket ? ticket.number : null;
}
