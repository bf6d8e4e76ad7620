import type { PresenceChange } from '../../database/listen.ts';

/**
 * Consoles repeat what their agent does every 20 s: who was not heard of for this long has gone
 * without a word, as a browser that crashes does.
 */
const SILENCE_MAX_MS = 50_000;

export interface PresentAgent {
  ticket: number;
  agent: string;
  doing: PresenceChange['doing'];
  /** When that began, ISO 8601. */
  since: string;
}

interface Heard extends PresentAgent {
  at: number;
}

/** Who does what on which ticket now; nothing of it outlives the process. */
export class PresentAgents {
  readonly #companies = new Map<string, Map<string, Heard>>();

  /** Takes what an agent does; answers it with the time since when. */
  heard({ company, ticket, agent, doing }: PresenceChange, at = Date.now()): PresentAgent {
    const here = this.#companies.get(company) ?? new Map<string, Heard>();
    this.#companies.set(company, here);
    const key = `${ticket} ${agent}`;
    const before = here.get(key);
    const goesOn = before?.doing === doing && at - before.at <= SILENCE_MAX_MS;
    const since = goesOn ? before.since : new Date(at).toISOString();
    if (doing === 'gone') here.delete(key);
    else here.set(key, { ticket, agent, doing, since, at });
    return { ticket, agent, doing, since };
  }

  /** Everybody who is on a ticket of the company. */
  of(company: string, now = Date.now()): PresentAgent[] {
    const here = this.#companies.get(company);
    if (!here) return [];
    for (const [key, { at }] of here) if (now - at > SILENCE_MAX_MS) here.delete(key);
    if (here.size === 0) this.#companies.delete(company);
    return [...here.values()].map(({ ticket, agent, doing, since }) => ({
      ticket,
      agent,
      doing,
      since,
    }));
  }
}
