export interface FileLock {
  /** Names a process that goes on working under this lock should this one die. */
  helper(pid: number): void;
  release(): void;
}

/** Waits for the lock (`waitMsMax`: null when it is still held then); see file-lock.mjs. */
export function acquireFileLock(path: string): Promise<FileLock>;
export function acquireFileLock(
  path: string,
  options: { onWait?: (pid: number) => void; waitMsMax?: undefined },
): Promise<FileLock>;
export function acquireFileLock(
  path: string,
  options: { onWait?: (pid: number) => void; waitMsMax: number },
): Promise<FileLock | null>;
export function lockHolder(path: string): number | null;
