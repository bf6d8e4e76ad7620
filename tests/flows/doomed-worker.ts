import { quietTemporal, startDeskWorker } from './desk-worker.ts';
import type { Around } from './desk-worker.ts';
import type { Fate } from './doomed.ts';

/** A worker process of its own, which ends by SIGKILL at the moment that its fate names. */

process.on('disconnect', die);
process.once('message', (fate: Fate) => void live(fate));

async function live(fate: Fate): Promise<void> {
  quietTemporal();
  await startDeskWorker(fate.place, around(fate));
  process.send?.({ ready: true });
}

function around({ dieAfter, dieConsulting, dieSendingTo }: Fate): Around {
  return {
    activities: (activities) => ({
      ...activities,
      record: async (input) => {
        const output = await activities.record(input);
        if (dieAfter === input.command.type) await deathIsNow();
        return output;
      },
      consult: async (input) => {
        const output = await activities.consult(input);
        if (dieConsulting === true) await deathIsNow();
        return output;
      },
    }),
    sender: (sender) => ({
      sendOnce: async (request) => {
        const result = await sender.sendOnce(request);
        if (request.envelope.to.some((to) => to === dieSendingTo)) await deathIsNow();
        return result;
      },
    }),
  };
}

/** Nothing of this process goes on. */
function deathIsNow(): Promise<never> {
  die();
  return new Promise(() => undefined);
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}
