import { Resolver } from 'node:dns/promises';
import type { Resolve } from '../authentication/look-ups.ts';
import { DNS_QUESTION_MS_MAX, DNS_REST_MS, DNS_SILENT_QUESTIONS_MAX } from '../limits.ts';

/**
 * Asks name servers: the given ones (`address` or `address:port`), or the system's. While none
 * answers, questions fail at once, and every now and then one tries again.
 *
 * @throws TypeError when a server is no address
 */
export function createNameServers(servers: readonly string[] | null): Resolve {
  const resolver = new Resolver({ timeout: DNS_QUESTION_MS_MAX, tries: 1 });
  if (servers !== null) resolver.setServers(servers);
  const ask: Resolve = (name, type) => resolver.resolve(name, type);
  return restful(ask, () => isServing(ask));
}

/** Every server has an answer about the root at hand, be it that it refuses to give one. */
async function isServing(ask: Resolve): Promise<boolean> {
  try {
    await ask('.', 'NS');
    return true;
  } catch (error) {
    return !isSilence(error);
  }
}

/** What DNS_SERVERS says; null when senders are not to be checked. */
export function nameServersOf(setting: readonly string[] | null | 'off'): Resolve | null {
  return setting === 'off' ? null : createNameServers(setting);
}

/**
 * Without this, dead name servers would cost every single mail its whole time. Silence about some
 * names is no death: anybody may own names that nobody answers for, so `isAlive` has the last word.
 */
export function restful(
  ask: Resolve,
  isAlive: () => Promise<boolean>,
  now: () => number = Date.now,
): Resolve {
  let silent = 0;
  let restUntilMs = 0;
  let findingOut: Promise<void> | null = null;
  const findOut = async (): Promise<void> => {
    const alive = await isAlive();
    if (alive) silent = restUntilMs = 0;
    else restUntilMs = now() + DNS_REST_MS;
    findingOut = null;
  };
  return async (name, type) => {
    await findingOut;
    if (now() < restUntilMs) throw noAnswer();
    // Whoever asks first after the rest tries for all; the others go on resting.
    if (silent >= DNS_SILENT_QUESTIONS_MAX) restUntilMs = now() + DNS_REST_MS;
    try {
      const answer = await ask(name, type);
      silent = restUntilMs = 0;
      return answer;
    } catch (error) {
      if (isSilence(error)) {
        silent += 1;
        if (silent >= DNS_SILENT_QUESTIONS_MAX) findingOut ??= findOut();
      } else {
        silent = restUntilMs = 0;
      }
      throw error;
    }
  };
}

const SILENCE = ['ETIMEOUT', 'ECONNREFUSED', 'ECANCELLED', 'EAI_AGAIN'];

function isSilence(error: unknown): boolean {
  return error instanceof Error && 'code' in error && SILENCE.includes(String(error.code));
}

function noAnswer(): Error {
  return Object.assign(new Error('the name servers do not answer'), { code: 'ETIMEOUT' });
}
