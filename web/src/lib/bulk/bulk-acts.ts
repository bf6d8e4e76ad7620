import type { OutsideCommand } from '../../../../domain/ticket/commands.ts';
import type { ApiClient } from '../api/client.ts';
import type { Named, Ticket } from '../api/types.ts';

/** What can be done to many tickets at once. */
export type BulkActName =
  'claim' | 'assign' | 'label' | 'pend' | 'solve' | 'team' | 'reopen' | 'invite';

type Did = Promise<unknown>;

export interface BulkAct {
  name: BulkActName;
  /** What the table of what is allowed calls it. */
  command: OutsideCommand;
  run: (ticket: Ticket) => Did;
  /** Puts a ticket back as it was before; null where there is no way back. */
  undo: ((before: Ticket) => Did) | null;
  /** Whether customers get mail by it. */
  mails?: boolean;
}

/** The acts on many tickets, each with its way back. */
export function bulkActs(api: ApiClient) {
  return {
    claim: (): BulkAct => ({
      name: 'claim',
      command: 'claim',
      run: ({ number }) => api.claim(number),
      undo: ({ number }) => api.release(number),
    }),
    assign: (agent: Named): BulkAct => ({
      name: 'assign',
      command: 'assign',
      run: ({ number }) => api.assign(number, agent.id),
      undo: ({ number, owner }) =>
        owner === null ? api.release(number) : api.assign(number, owner.id),
    }),
    label: (name: string): BulkAct => ({
      name: 'label',
      command: 'label',
      run: ({ number }) => api.label(number, name),
      // A label that was there before stays.
      undo: async ({ number, labels }) =>
        labels.includes(name) ? undefined : api.unlabel(number, name),
    }),
    pend: (until: string, reason: string): BulkAct => ({
      name: 'pend',
      command: 'pend',
      run: ({ number }) => api.pend(number, until, reason),
      undo: ({ number, pendingUntil }) =>
        pendingUntil === null ? api.resume(number) : api.pend(number, pendingUntil, ''),
    }),
    solve: (summary: boolean): BulkAct => ({
      name: 'solve',
      command: 'solve',
      run: ({ number }) => api.solve(number, summary),
      undo: ({ number }) => api.reopen(number),
      mails: summary,
    }),
    team: (team: Named): BulkAct => ({
      name: 'team',
      command: 'changeTeam',
      run: ({ number }) => api.changeTeam(number, team.id),
      undo: async (before) =>
        before.team === null ? undefined : api.changeTeam(before.number, before.team.id),
    }),
    reopen: (): BulkAct => ({
      name: 'reopen',
      command: 'reopen',
      run: ({ number }) => api.reopen(number),
      undo: ({ number }) => api.solve(number, false),
    }),
    invite: (agent: Named): BulkAct => ({
      name: 'invite',
      command: 'invite',
      run: ({ number }) => api.invite(number, agent.id),
      undo: async ({ number, participants }) =>
        participants.some((known) => known.id === agent.id)
          ? undefined
          : api.uninvite(number, agent.id),
    }),
  };
}
