import { activityInfo } from '@temporalio/activity';

import type {
  ConsultInput,
  ConsultOutput,
  RecordInput,
  RecordOutput,
  SendInput,
  SendOutput,
} from '../workflows/messages.ts';
import { consult } from './consult/consult.ts';
import type { ConsultDependencies } from './consult/consult.ts';
import { record } from './record/record.ts';
import type { RecordDependencies } from './record/record-dependencies.ts';
import { send } from './send/send.ts';
import type { SendDependencies } from './send/send.ts';

/** Questions that one process puts to the assistant at once: a model takes a machine each. */
export const CONSULTS_AT_ONCE = 8;

/** What the ticket workflow may ask for. */
export interface Activities {
  record: (input: RecordInput) => Promise<RecordOutput>;
  send: (input: SendInput) => Promise<SendOutput>;
  consult: (input: ConsultInput) => Promise<ConsultOutput>;
}

export function createActivities(
  dependencies: RecordDependencies & SendDependencies & ConsultDependencies,
): Activities {
  return {
    record: (input) => record(dependencies, input, activityInfo().attempt),
    send: (input) => send(dependencies, input),
    consult: (input) => consult(dependencies, input),
  };
}
