import type { StackConfig } from '../../runtime/config.ts';
import type { Logger } from '../../runtime/logger.ts';

/** The version whose sources build with the Go toolchain alone (later ones replace modules). */
export const TEMPORAL_CLI_VERSION = 'v1.5.1';

export interface SearchOptions {
  config: Pick<StackConfig, 'temporalCliPath' | 'programFolders' | 'cacheFolder'>;
  log: Logger;
  /** Ends a build that is under way. */
  signal: AbortSignal;
  /** One line at a time for the person who waits. */
  progress: (line: string) => void;
}
