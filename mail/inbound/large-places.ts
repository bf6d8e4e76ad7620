import { createLargeMails } from './large-mails.ts';

/** A mail's place among the large ones. */
export interface LargePlace {
  /** Resolves when there is room; a second call resolves at once. */
  enter(): Promise<void>;
  leave(): void;
}

interface ComingMail {
  bytes: number;
  /** Whether it is the sender who is waited for, and not we. */
  isAwaited: boolean;
}

interface Holder {
  mail: ComingMail;
  sinceMs: number;
  /** Read before it had its place: waiting for one is no slowness of the sender. */
  bytesBefore: number;
  hangUp: () => void;
}

export interface LargePlaces {
  placeFor(mail: ComingMail, hangUp: () => void): LargePlace;
}

interface LargePlacesOptions {
  places: number;
  /** Whoever has had a place for less time keeps it. */
  graceMs: number;
  /** How often somebody who waits looks whether a holder can be made to leave. */
  lookEveryMs: number;
}

/**
 * Places for mails that are large. Whoever has to wait has one sender hung up on: the slowest of
 * those who have had time to send theirs, so that a few who drip do not hold up all the others.
 */
export function createLargePlaces({
  places,
  graceMs,
  lookEveryMs,
}: LargePlacesOptions): LargePlaces {
  const rooms = createLargeMails(places);
  const holders = new Set<Holder>();

  /** False when nobody can be made to leave yet. */
  function makeRoom(): boolean {
    const nowMs = Date.now();
    const speedOf = ({ mail, sinceMs, bytesBefore }: Holder) =>
      (mail.bytes - bytesBefore) / Math.max(nowMs - sinceMs, 1);
    const [slowest] = [...holders]
      .filter(({ mail, sinceMs }) => mail.isAwaited && nowMs - sinceMs >= graceMs)
      .toSorted((one, other) => speedOf(one) - speedOf(other));
    if (!slowest) return false;
    // It is about to go: the next who waits makes another one leave.
    holders.delete(slowest);
    slowest.hangUp();
    return true;
  }

  function untilEntered(): Promise<void> {
    if (!rooms.isFull() || makeRoom()) return rooms.enter();
    const looking = setInterval(() => {
      if (makeRoom()) clearInterval(looking);
    }, lookEveryMs);
    return rooms.enter().finally(() => clearInterval(looking));
  }

  return {
    placeFor(mail, hangUp) {
      let holder: Holder | null = null;
      return {
        async enter() {
          if (holder) return;
          await untilEntered();
          holder = { mail, sinceMs: Date.now(), bytesBefore: mail.bytes, hangUp };
          holders.add(holder);
        },
        leave() {
          if (!holder) return;
          holders.delete(holder);
          rooms.leave();
        },
      };
    },
  };
}
