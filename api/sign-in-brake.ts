/** Wrong passwords for one address from one place within the window before it has to wait. */
const FAILURES_MAX = 20;
const WINDOW_MS = 10 * 60_000;

/** Places that are remembered; the oldest are forgotten first. */
const REMEMBERED_MAX = 10_000;

/** Slows down guessing: counts failures only, so that people and scripts who know are never met. */
export interface SignInBrake {
  /** Seconds to wait, or null when a try may be made. */
  waitSeconds(who: string, now: number): number | null;
  failed(who: string, now: number): void;
  succeeded(who: string): void;
}

export function createSignInBrake(): SignInBrake {
  const failures = new Map<string, { count: number; sinceMs: number }>();
  return {
    waitSeconds(who, now) {
      const entry = failures.get(who);
      if (!entry || entry.count < FAILURES_MAX) return null;
      const leftMs = entry.sinceMs + WINDOW_MS - now;
      return leftMs > 0 ? Math.ceil(leftMs / 1000) : null;
    },
    failed(who, now) {
      const entry = failures.get(who);
      const running = entry && entry.sinceMs + WINDOW_MS > now ? entry : { count: 0, sinceMs: now };
      failures.delete(who);
      failures.set(who, { count: running.count + 1, sinceMs: running.sinceMs });
      const oldest = failures.keys().next();
      if (failures.size > REMEMBERED_MAX && !oldest.done) failures.delete(oldest.value);
    },
    succeeded: (who) => void failures.delete(who),
  };
}
