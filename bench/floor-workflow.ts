import {
  condition,
  defineSignal,
  defineUpdate,
  proxyLocalActivities,
  setHandler,
} from '@temporalio/workflow';

const { nothing } = proxyLocalActivities<{ nothing: () => Promise<void> }>({
  startToCloseTimeout: '10 seconds',
});

/** The least that a ticket could be: each signal or update runs one empty local activity. */
export async function floor(): Promise<void> {
  let asked = 0;
  setHandler(defineSignal('receive'), () => void (asked += 1));
  setHandler(defineUpdate('claim'), async () => {
    await nothing();
  });
  for (;;) {
    await condition(() => asked > 0);
    asked -= 1;
    await nothing();
  }
}
