import { deskMessageId } from '../../ids.ts';
import type { Assistant, HandOverReason } from '../assistant.ts';
import type { CommandOf } from '../commands.ts';
import { hasPassed, later } from '../decision.ts';
import type { Decision, On } from '../decision.ts';
import type { EventBody } from '../events.ts';
import type { AnswerFact, MailFact } from '../facts.ts';
import { isAgentsOwn } from '../ticket.ts';
import { mayAnswer } from './automatic-limit.ts';
import { deskMail } from './reminding.ts';
import { solvedEvents } from './waiting.ts';

/**
 * An answer goes to a customer unread by any agent from here on; below it is a suggestion. Of the
 * labelled questions nothing is answered that has no answer, and one in twenty wrongly.
 */
export const CONFIDENCE_MIN = 0.75;

/**
 * Puts a customer's first mail to the assistant, at most once in a ticket's life. Where it may
 * answer, the acknowledgement waits for it: an answer needs none.
 */
export function askAssistant({ facts, now }: On, mail: MailFact): EventBody[] {
  const mode = modeFor(mail);
  if (mode === 'off') return [];
  const until = later(now, facts.settings.assistantBudgetMs);
  const acknowledge = mail.acknowledge && mode === 'answer';
  return [{ type: 'assistantAsked', mode, question: mail.message, until, acknowledge }];
}

/** Whether the assistant's answer is awaited before a mail is acknowledged. */
export function waitsForAssistant(mail: MailFact): boolean {
  return modeFor(mail) === 'answer';
}

/** Who goes on after a closed ticket had an answer, perhaps the assistant's: a person is next. */
function modeFor({ assistant, origin }: MailFact): MailFact['assistant'] {
  return assistant === 'answer' && origin.followUpOf !== null ? 'suggest' : assistant;
}

/** What the assistant came to. A second telling, or one of another question, leads to nothing. */
export function assisted(on: On, command: CommandOf<'assisted'>): Decision {
  const { assistant } = on.ticket;
  if (assistant?.seq !== command.asked) return { events: [] };
  const answer = on.facts.answer ?? null;
  switch (assistant.status) {
    case 'asked': {
      const reason = command.why ?? 'failed';
      return {
        events: answer ? answered(on, assistant, answer) : handedOver(on, assistant, reason),
      };
    }
    case 'handedOver': {
      if (!answer) return { events: [] };
      // Too late for the customer; an agent may still have use for it.
      return { events: [{ type: 'assistantSuggested', answer: answer.id, reason: 'timed_out' }] };
    }
    case 'answered':
    case 'suggested':
      return { events: [] };
  }
}

/** The assistant's time is over, whatever became of it: a person answers. */
export function assistantDue(on: On, command: CommandOf<'assistantDue'>): Decision {
  const { assistant } = on.ticket;
  if (assistant?.seq !== command.armed || assistant.status !== 'asked') return { events: [] };
  if (!hasPassed(assistant.until, on.now)) return { events: [] };
  return { events: handedOver(on, assistant, 'timed_out') };
}

function answered(on: On, assistant: Assistant, answer: AnswerFact): EventBody[] {
  const { ticket } = on;
  const reason = assistant.mode === 'answer' ? whyNotSent(on, assistant, answer) : null;
  if (reason !== null || assistant.mode !== 'answer') {
    const suggested: EventBody = { type: 'assistantSuggested', answer: answer.id, reason };
    return [suggested, ...acknowledged(on, assistant)];
  }
  const seq = ticket.seq + 1;
  const mail = deskMail(deskMessageId(ticket.number, seq, 'assistant'), 'assistant', seq, null);
  const events: EventBody[] = [{ type: 'assistantAnswered', answer: answer.id }, ...mail];
  const how = { kind: 'assistant', agent: null, summary: false } as const;
  return [...events, ...solvedEvents(on, how, events.length)];
}

/** Null when the answer may go to the customer. */
function whyNotSent(on: On, assistant: Assistant, answer: AnswerFact): HandOverReason | null {
  const { ticket, facts } = on;
  if (answer.confidence < CONFIDENCE_MIN) return 'not_sure';
  if (ticket.state !== 'new' || personAnswers(on)) return 'claimed';
  if (ticket.lastCustomerSeq > assistant.seq || facts.untakenCustomerMail) return 'customer_wrote';
  if (!answer.hasAddress) return 'no_address';
  return mayAnswer(facts) ? null : 'too_many';
}

function handedOver(on: On, assistant: Assistant, reason: HandOverReason): EventBody[] {
  return [{ type: 'assistantHandedOver', reason }, ...acknowledged(on, assistant)];
}

/** The acknowledgement that waited, unless a person was faster. */
function acknowledged(on: On, { acknowledge }: Assistant): EventBody[] {
  const { ticket, facts } = on;
  if (!acknowledge || ticket.state === 'solved' || personAnswers(on)) return [];
  if (!mayAnswer(facts)) {
    return [{ type: 'answerHeld', kind: 'acknowledgement', lately: facts.automaticLately }];
  }
  const seq = ticket.seq + 1;
  const message = deskMessageId(ticket.number, seq, 'acknowledgement');
  return deskMail(message, 'acknowledgement', seq, null);
}

function personAnswers({ ticket }: On): boolean {
  const own = Object.values(ticket.sends).some(({ kind }) => isAgentsOwn(kind));
  return own || ticket.lastReply !== null;
}
