import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CommandType } from '../../domain/ticket/commands.ts';
import type { Place } from './desk-worker.ts';

/** What a doomed worker is told. */
export interface Fate {
  place: Place;
  /** Dies when a command of this type is committed. */
  dieAfter?: CommandType;
  /** Dies when it has an answer of the assistant, before anybody knows. */
  dieConsulting?: boolean;
  /** Dies when a mail to this address was taken by the server, before anybody knows. */
  dieSendingTo?: string;
}

export interface DoomedWorker {
  died: Promise<void>;
  kill(): Promise<void>;
}

const PROGRAM = fileURLToPath(new URL('./doomed-worker.ts', import.meta.url));

/** Starts a worker in a process of its own; it dies with this one at the latest. */
export async function startDoomedWorker(fate: Fate): Promise<DoomedWorker> {
  const child = fork(PROGRAM, [], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const died = once(child, 'exit').then(() => undefined);
  child.send(fate);
  await Promise.race([
    once(child, 'message'),
    died.then(() => Promise.reject(new Error('the doomed worker died before it had begun'))),
  ]);
  return {
    died,
    kill: async () => {
      child.kill('SIGKILL');
      await died;
    },
  };
}
