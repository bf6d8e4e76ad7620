import type { WorkflowInterceptors } from '@temporalio/workflow';

/** Names that the SDK keeps for itself. */
const RESERVED_NAME = /^__/;

/**
 * A signal sent by hand under a name of the SDK's own would fail the workflow task for ever: the
 * SDK refuses to give it to the handler for unknown names. In quotation marks it is any other name.
 */
export const interceptors = (): WorkflowInterceptors => ({
  internals: [
    {
      activate: (input, next) => {
        for (const { signalWorkflow: signal } of input.activation.jobs ?? []) {
          if (!signal?.signalName || !RESERVED_NAME.test(signal.signalName)) continue;
          signal.signalName = `"${signal.signalName}"`;
        }
        next(input);
      },
    },
  ],
});
