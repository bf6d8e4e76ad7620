/** One running part of the process tree, whatever it is made of. */
export interface RunningPart {
  /** The process that does the work (of Postgres: the postmaster, not its guard). */
  pid: number;
  /** The guard above it, when it has one. */
  guardPid?: number;
  /** Settles when it has ended, with how: "ended with code 1", "was killed by SIGKILL". */
  exited: Promise<string>;
  /** Ends it in order, or by force when that takes too long. */
  stop(): Promise<void>;
}
