import { isIPv6 } from 'node:net';

const WINDOW_MS = 10 * 60_000;

/** Wrong passwords for one address from one place: a person with caps lock on tries five times. */
const OF_PAIR_MAX = 20;

/**
 * For all addresses from one place: a thousand people behind one office's address, on the morning
 * after their passwords were changed. A script there with an old password adds 20 and then waits.
 */
const OF_PLACE_MAX = 300;

/** For one address from all places: nobody forgets a password in five places at once. */
const OF_ADDRESS_MAX = 100;

/** Entries of each kind that are remembered; the oldest are forgotten first. */
const REMEMBERED_MAX = 10_000;

/** Who tries to sign in, and from where. */
export interface Try {
  ip: string;
  email: string;
}

/**
 * Slows down guessing: one address from one place, many addresses from one place, one address from
 * many. Only wrong tries count, and an address that signed in from a place before is judged by what
 * it does there itself: neither a colleague's script nor a stranger's guessing locks it out.
 */
export interface SignInBrake {
  /**
   * Seconds to wait, or null when the try may be made. It counts as a wrong one from now on, so
   * that many at once are no way around, until `succeeded` or `undone` takes it back.
   */
  begin(who: Try, now: number): number | null;
  succeeded(who: Try): void;
  /** Whether the password was right was never found out. */
  undone(who: Try): void;
}

export function createSignInBrake(): SignInBrake {
  const pairs = new Counter(OF_PAIR_MAX);
  const places = new Counter(OF_PLACE_MAX);
  const addresses = new Counter(OF_ADDRESS_MAX);
  const known = new Set<string>();
  const keysOf = ({ ip, email }: Try) => {
    const [place, address] = [placeOf(ip), email.trim().toLowerCase()];
    return { place, address, pair: `${place} ${address}` };
  };
  const takeBack = (who: Try) => {
    const { place, address, pair } = keysOf(who);
    places.takeBack(place);
    addresses.takeBack(address);
    pairs.takeBack(pair);
  };
  return {
    begin(who, now) {
      const { place, address, pair } = keysOf(who);
      const ofOthers = known.has(pair)
        ? []
        : [places.waitMs(place, now), addresses.waitMs(address, now)];
      const waitMs = Math.max(pairs.waitMs(pair, now), ...ofOthers);
      if (waitMs > 0) return Math.ceil(waitMs / 1000);
      pairs.add(pair, now);
      places.add(place, now);
      addresses.add(address, now);
      return null;
    },
    succeeded(who) {
      takeBack(who);
      const { pair } = keysOf(who);
      pairs.forget(pair);
      known.delete(pair);
      known.add(pair);
      forgetOldest(known);
    },
    undone: takeBack,
  };
}

/** Counts for each key within a window that begins with the first. */
export class Counter {
  readonly #max: number;
  readonly #windowMs: number;
  readonly #entries = new Map<string, { count: number; sinceMs: number }>();

  constructor(max: number, windowMs = WINDOW_MS) {
    this.#max = max;
    this.#windowMs = windowMs;
  }

  waitMs(key: string, now: number): number {
    const entry = this.#entries.get(key);
    if (!entry || entry.count < this.#max) return 0;
    return Math.max(0, entry.sinceMs + this.#windowMs - now);
  }

  add(key: string, now: number): void {
    const entry = this.#entries.get(key);
    const running =
      entry && entry.sinceMs + this.#windowMs > now ? entry : { count: 0, sinceMs: now };
    this.#entries.delete(key);
    this.#entries.set(key, { count: running.count + 1, sinceMs: running.sinceMs });
    forgetOldest(this.#entries);
  }

  takeBack(key: string): void {
    const entry = this.#entries.get(key);
    if (entry) entry.count = Math.max(0, entry.count - 1);
  }

  forget(key: string): void {
    this.#entries.delete(key);
  }
}

function forgetOldest(kept: Map<string, unknown> | Set<string>): void {
  const oldest = kept.keys().next();
  if (kept.size > REMEMBERED_MAX && !oldest.done) kept.delete(oldest.value);
}

/** Groups of an IPv6 address that name a network; whoever has one has all addresses in it. */
const NETWORK_GROUPS = 4;

function placeOf(ip: string): string {
  const address = ip.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!isIPv6(address)) return address;
  // A URL's host is written in one way only (RFC 5952), with at most one run of zeros left out.
  const written = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail = ''] = written.split('::');
  const [first, last] = [head, tail].map((part) => part.split(':').filter((it) => it !== ''));
  const zeros = Array.from({ length: 8 - (first?.length ?? 0) - (last?.length ?? 0) }, () => '0');
  return [...(first ?? []), ...zeros, ...(last ?? [])].slice(0, NETWORK_GROUPS).join(':');
}
