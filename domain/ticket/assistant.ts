import { assertNever } from '../errors.ts';

/** What the virtual assistant may do with the questions of a mailbox. */
export const assistantModes = ['off', 'suggest', 'answer'] as const;
export type AssistantMode = (typeof assistantModes)[number];

/** Why the assistant itself has no answer. */
export const noAnswerReasons = [
  'nothing_found',
  'not_sure',
  'no_source',
  'timed_out',
  'failed',
] as const;
export type NoAnswerReason = (typeof noAnswerReasons)[number];

/** Why a person answers instead; the later ones keep back an answer that there is. */
export type HandOverReason =
  NoAnswerReason | 'claimed' | 'customer_wrote' | 'no_address' | 'too_many';

/** What became of the one question that a ticket puts to the assistant. */
export interface Assistant {
  status: 'asked' | 'answered' | 'suggested' | 'handedOver';
  mode: 'suggest' | 'answer';
  /** When a person answers instead, ISO 8601. */
  until: string;
  /** The event that asked: with the ticket, the identity of the question. */
  seq: number;
  /** The customer's mail is acknowledged once the assistant has handed over. */
  acknowledge: boolean;
  /** Id of its answer, sent or suggested. */
  answer: string | null;
}

export type AssistantEventBody =
  /** `question`: id of the customer's message. */
  | {
      type: 'assistantAsked';
      mode: 'suggest' | 'answer';
      question: string;
      until: string;
      acknowledge: boolean;
    }
  | { type: 'assistantAnswered'; answer: string }
  /** `reason`: why it was not sent; null where the mailbox only wants suggestions. */
  | { type: 'assistantSuggested'; answer: string; reason: HandOverReason | null }
  | { type: 'assistantHandedOver'; reason: HandOverReason };

/** How the assistant stands after one of its events. */
export function assistantAfter(
  assistant: Assistant | null,
  event: AssistantEventBody & { seq: number },
): Assistant | null {
  if (event.type === 'assistantAsked') {
    const { mode, until, seq, acknowledge } = event;
    return { status: 'asked', mode, until, seq, acknowledge, answer: null };
  }
  if (assistant === null) return null;
  switch (event.type) {
    case 'assistantAnswered':
      return { ...assistant, status: 'answered', answer: event.answer };
    case 'assistantSuggested':
      return { ...assistant, status: 'suggested', answer: event.answer };
    case 'assistantHandedOver':
      return { ...assistant, status: 'handedOver' };
    default:
      return assertNever(event);
  }
}
