/** What a guard starts, and how it ends that again. Plain JSON: it travels between processes. */
export interface GuardSpec {
  program: string;
  args: string[];
  /** Added to our own environment, for the guard and so for the service. */
  env: Record<string, string>;
  /** The user to run it as; null: the guard's own. */
  user: { uid: number; gid: number } | null;
  /** The signal of a quick and orderly stop: SIGINT for Postgres (fast), SIGTERM for most. */
  stopSignal: 'SIGINT' | 'SIGTERM';
  /** After this long without an end it is killed. */
  stopMsMax: number;
  /** A throw-away folder that goes when the service has ended; null: none. */
  removeAfter: string | null;
}

export type ToGuard = { kind: 'start'; spec: GuardSpec } | { kind: 'stop' };

export type FromGuard =
  { kind: 'started'; pid: number } | { kind: 'failed'; message: string } | { kind: 'ended' };
