import { activityInfo } from '@temporalio/activity';

import type { RecordInput, RecordOutput, SendInput, SendOutput } from '../workflows/messages.ts';
import { record } from './record/record.ts';
import type { RecordDependencies } from './record/record-dependencies.ts';
import { send } from './send/send.ts';
import type { SendDependencies } from './send/send.ts';

/** What the ticket workflow may ask for. */
export interface Activities {
  record: (input: RecordInput) => Promise<RecordOutput>;
  send: (input: SendInput) => Promise<SendOutput>;
}

export function createActivities(dependencies: RecordDependencies & SendDependencies): Activities {
  return {
    record: (input) => record(dependencies, input, activityInfo().attempt),
    send: (input) => send(dependencies, input),
  };
}
