import type { IntakeDependencies } from './dependencies.ts';
import { startLateTicketSweep } from './late-tickets.ts';
import { startLeftTicketSweep } from './left-tickets.ts';
import { startExchangeSweep } from './solve-exchange.ts';
import { startMailSweep } from './sweep.ts';

/** Everything that finds what a crash or a colleague has left behind. */
export function startSweeps(dependencies: IntakeDependencies): { stop(): Promise<void> } {
  const sweeps = [
    startMailSweep(dependencies),
    startLateTicketSweep(dependencies),
    startLeftTicketSweep(dependencies),
    startExchangeSweep(dependencies),
  ];
  return {
    stop: async () => {
      await Promise.all(sweeps.map((sweep) => sweep.stop()));
    },
  };
}
