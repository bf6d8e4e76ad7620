import type { NoAnswerReason } from './assistant.ts';

/**
 * What can be asked of a ticket. `id` makes a command happen once; `by` is the agent who asked,
 * null for operations people, the customer and the desk itself. Ids only, never content.
 */
export const deliveryOutcomes = [
  'sent',
  'deferred',
  'uncertain',
  'arrived',
  'failed',
  'bounced',
] as const;
export type DeliveryOutcome = (typeof deliveryOutcomes)[number];

export type CommandBody =
  | { type: 'receive'; mail: string }
  | { type: 'compose'; message: string }
  | { type: 'deflect'; exchange: string }
  | { type: 'claim'; agent: string; takeover: boolean }
  | { type: 'assign'; agent: string }
  /** `owner`: only while this agent owns it; absent: whoever does. */
  | { type: 'release'; owner?: string }
  | { type: 'reply'; message: string }
  | { type: 'pend'; until: string; reason: string | null }
  | { type: 'resume' }
  | { type: 'solve'; summary: boolean }
  | { type: 'autoSolve'; at: string | null }
  | { type: 'reopen'; agent: string }
  | { type: 'invite'; agent: string }
  | { type: 'uninvite'; agent: string }
  | { type: 'changeTeam'; team: string | null }
  | { type: 'label'; label: string }
  | { type: 'unlabel'; label: string }
  | { type: 'note'; note: string }
  | { type: 'rename'; subject: string }
  /** The customer says how the help was, and may say so again. */
  | { type: 'rate'; rating: string }
  /** The customer says that it is solved. */
  | { type: 'settle' }
  /** The customer asks for a new link to the page of the ticket. */
  | { type: 'sendLink' }
  | { type: 'cancelSend'; message: string }
  | { type: 'moveSend'; message: string; at: string }
  /** `to`: the id of other recipients that are kept with the message; absent: as before. */
  | { type: 'resend'; message: string; to?: string }
  | {
      type: 'delivery';
      message: string;
      outcome: DeliveryOutcome;
      /** The attempt that tells of itself; null when somebody else tells, by hand or a bounce. */
      attempt: number | null;
      /** The attempt was lost before anything was handed over: the next one need not wait. */
      atOnce: boolean;
    }
  | { type: 'sync' }
  /** `asked`: the event that asked; `answer`: id of what was found, null with `why` not. */
  | { type: 'assisted'; asked: number; answer: string | null; why: NoAnswerReason | null }
  | { type: 'assistantDue'; armed: number }
  | { type: 'callbackDue'; armed: number }
  | { type: 'autoSolveDue'; armed: number }
  | { type: 'closeDue'; armed: number }
  | { type: 'sendDue'; message: string }
  | { type: 'malformed'; name: string; reason: string };

export type Command = CommandBody & { id: string; by: string | null };
export type CommandType = CommandBody['type'];
export type CommandOf<T extends CommandType> = Extract<Command, { type: T }>;

/** The commands that have a name outside: signals and updates of the workflow. */
export const outsideCommands = [
  'receive',
  'compose',
  'deflect',
  'claim',
  'assign',
  'release',
  'reply',
  'pend',
  'resume',
  'solve',
  'autoSolve',
  'reopen',
  'invite',
  'uninvite',
  'changeTeam',
  'label',
  'unlabel',
  'note',
  'rename',
  'rate',
  'settle',
  'sendLink',
  'cancelSend',
  'moveSend',
  'resend',
  'delivery',
  'sync',
] as const satisfies readonly CommandType[];
export type OutsideCommand = (typeof outsideCommands)[number];
