import { FLOOD_ADDRESSES_MAX, FLOOD_WAIT_MS_MAX } from '../limits.ts';

export interface FloodBrake {
  /** How many milliseconds the next mail of this address has to wait; counts that mail. */
  waitMs(address: string, nowMs: number): number;
}

interface Account {
  mails: number;
  atMs: number;
}

/**
 * A token bucket for each sending address: `burst` mails at once, `perSecond` after that. It only
 * ever makes wait, since refusing for rate loses mail of senders who do not come again.
 */
export function createFloodBrake(burst: number, perSecond: number): FloodBrake {
  const accounts = new Map<string, Account>();
  return {
    waitMs(address, nowMs) {
      const before = accounts.get(address) ?? { mails: burst, atMs: nowMs };
      const earned = ((nowMs - before.atMs) / 1000) * perSecond;
      const longestDebt = (FLOOD_WAIT_MS_MAX / 1000) * perSecond;
      const mails = Math.max(Math.min(burst, before.mails + earned) - 1, -longestDebt);
      accounts.delete(address);
      accounts.set(address, { mails, atMs: nowMs });
      if (accounts.size > FLOOD_ADDRESSES_MAX) forgetOldest(accounts);
      return mails >= 0 ? 0 : Math.min((-mails / perSecond) * 1000, FLOOD_WAIT_MS_MAX);
    },
  };
}

function forgetOldest(accounts: Map<string, Account>): void {
  const [oldest] = accounts.keys();
  if (oldest !== undefined) accounts.delete(oldest);
}
