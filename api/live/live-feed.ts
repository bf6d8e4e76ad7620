import type { Database } from '../../database/client.ts';
import type { Change, ChangeListener } from '../../database/listen.ts';
import { readFreshReminders, readValidCredentials } from '../../database/queries/live.ts';
import { readNames } from '../../database/queries/timeline-content.ts';
import { readViewCounts } from '../../database/queries/views.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { EventStream } from './event-stream.ts';
import { type PresentAgent, PresentAgents } from './present-agents.ts';

/** Bursts of changes are counted once in this time; a person sees no difference. */
const GATHER_MS = 400;

/** Clocks of two servers differ; a reminder is told twice rather than never. */
const CLOCK_SKEW_MS = 5_000;

/**
 * A session that runs out tells nobody, and word of one that was ended can be lost: nobody listens
 * longer than this without the right to. One indexed query a company.
 */
const RECHECK_MS = 20_000;

interface Room {
  company: string;
  streams: Set<EventStream>;
  /** Set while a look-up is planned or runs. */
  timer: NodeJS.Timeout | null;
  /** Something changed while the look-up ran, which may not have seen it. */
  again: boolean;
  /** The newest moment for which reminders were looked up. */
  remindedUntil: string;
  /** Ids told already, since the look-ups overlap. */
  told: Set<string>;
  /** What each stream was last told to count, so that only changes are told. */
  counts: WeakMap<EventStream, string>;
}

/** Hands changes of tickets to the browsers of their company, and to no other. */
export class LiveFeed {
  readonly #database: Database;
  readonly #logger: Logger;
  readonly #rooms = new Map<string, Room>();
  readonly #present = new PresentAgents();
  readonly #stop: () => void;
  readonly #recheck: NodeJS.Timeout;

  constructor(deps: { database: Database; listen: ChangeListener; logger: Logger }) {
    this.#database = deps.database;
    this.#logger = deps.logger;
    this.#stop = deps.listen.subscribe((change) => this.#heard(change));
    this.#recheck = setInterval(() => {
      for (const room of this.#rooms.values()) this.#lookAgain(room);
    }, RECHECK_MS);
    this.#recheck.unref();
  }

  /** Adds a browser; it leaves by itself when its connection ends. */
  add(company: string, stream: EventStream): void {
    const room = this.#rooms.get(company) ?? newRoom(company);
    this.#rooms.set(company, room);
    room.streams.add(stream);
    void this.#tellPresence(company, this.#present.of(company), [stream]);
    stream.onClose(() => {
      room.streams.delete(stream);
      if (room.streams.size > 0) return;
      if (room.timer) clearTimeout(room.timer);
      this.#rooms.delete(company);
    });
    this.#gather(room);
  }

  /** Ends every stream: browsers come back to whoever answers then. */
  close(): void {
    this.#stop();
    clearInterval(this.#recheck);
    for (const room of this.#rooms.values()) room.streams.forEach((stream) => stream.end());
  }

  #heard(change: Change): void {
    if (change.kind === 'missed') {
      // Browsers load everything anew when they connect again.
      for (const room of this.#rooms.values()) room.streams.forEach((stream) => stream.end());
      return;
    }
    const room = this.#rooms.get(change.company);
    // Also while nobody listens: who comes next is told.
    const present = change.kind === 'presence' ? [this.#present.heard(change)] : [];
    if (!room) return;
    switch (change.kind) {
      case 'presence':
        void this.#tellPresence(change.company, present, room.streams);
        return;
      case 'reminderDone':
        for (const stream of room.streams) {
          if (stream.agent !== change.agent) continue;
          stream.send('reminder', { id: change.reminderDone, done: true });
        }
        return;
      case 'access':
        this.#lookAgain(room);
        break;
      case 'ticket':
        for (const stream of room.streams) {
          stream.send('ticket.changed', { number: change.ticket, seq: change.seq });
        }
        break;
      case 'mails':
        for (const stream of room.streams) stream.send('mails.changed', {});
        break;
      case 'counts':
        break;
    }
    this.#gather(room);
  }

  #lookAgain(room: Room): void {
    void this.#endUninvited(room).catch((error: unknown) => this.#failed(error));
  }

  /** Ends the streams of those who signed out, were deactivated, or whose token was revoked. */
  async #endUninvited({ company, streams }: Room): Promise<void> {
    const seen = [...streams];
    const hashes = [...new Set(seen.map((stream) => stream.credential))];
    const valid = await this.#database.withCompany(company, (trx) =>
      readValidCredentials(trx, hashes),
    );
    for (const stream of seen) if (!valid.has(stream.credential)) stream.end();
  }

  async #tellPresence(
    company: string,
    present: PresentAgent[],
    streams: Iterable<EventStream>,
  ): Promise<void> {
    if (present.length === 0) return;
    const ids = present.map(({ agent }) => agent);
    try {
      const names = await this.#database.withCompany(company, (trx) =>
        readNames(trx, 'agent', ids),
      );
      for (const stream of streams) {
        for (const { ticket: number, agent: id, doing, since } of present) {
          if (stream.agent === id) continue;
          stream.send('presence', {
            number,
            agent: { id, name: names.get(id) ?? id },
            doing,
            since,
          });
        }
      }
    } catch (error) {
      this.#failed(error);
    }
  }

  #gather(room: Room): void {
    if (room.timer) {
      room.again = true;
      return;
    }
    room.timer = setTimeout(() => {
      room.again = false;
      void this.#tellCounts(room)
        .catch((error: unknown) => this.#failed(error))
        .finally(() => {
          room.timer = null;
          if (room.again && room.streams.size > 0) this.#gather(room);
        });
    }, GATHER_MS);
  }

  /** Counts and reminders of everyone who is here, in one transaction. */
  async #tellCounts(room: Room): Promise<void> {
    const agents = [...new Set([...room.streams].map((stream) => stream.agent))];
    if (agents.length === 0) return;
    const since = new Date(Date.parse(room.remindedUntil) - CLOCK_SKEW_MS).toISOString();
    const now = new Date();
    const news = await this.#database.withCompany(room.company, async (trx) => {
      const counts = new Map<string, object>();
      for (const agent of agents) counts.set(agent, await readViewCounts(trx, agent));
      const reminders = await readFreshReminders(trx, agents, since);
      return { counts, reminders };
    });
    room.remindedUntil = now.toISOString();
    const fresh = news.reminders.filter(({ id }) => !room.told.has(id));
    room.told = new Set(news.reminders.map(({ id }) => id));
    for (const stream of room.streams) {
      const counts = news.counts.get(stream.agent);
      const text = JSON.stringify(counts);
      if (counts && room.counts.get(stream) !== text) stream.send('counts', counts);
      room.counts.set(stream, text);
      for (const { agent, id, at, kind, ticket } of fresh) {
        if (agent === stream.agent) stream.send('reminder', { id, at, kind, number: ticket });
      }
    }
  }

  #failed(error: unknown): void {
    this.#logger.warn({ err: error }, 'live events could not be told; the next change tells them');
  }
}

function newRoom(company: string): Room {
  return {
    company,
    streams: new Set(),
    timer: null,
    again: false,
    remindedUntil: new Date().toISOString(),
    told: new Set(),
    counts: new WeakMap(),
  };
}
