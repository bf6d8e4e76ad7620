import { describe, expect, it } from 'vitest';
import { BUDGET_MS, Desk, MINUTE_MS, SECOND_MS } from '../../testing/desk.ts';
import { eventsOf, typesOf } from '../../testing/outcome.ts';
import type { AssistantMode } from '../assistant.ts';

/** A desk whose one customer has just asked something. */
function asked(mode: AssistantMode, { acknowledge = false, confidence = 0.9 } = {}): Desk {
  const desk = new Desk();
  desk.assistant = mode;
  desk.acknowledge = acknowledge;
  desk.answers = { found: { id: 'found', confidence, hasAddress: true } };
  desk.mail();
  return desk;
}

function tell(desk: Desk, answer: string | null = 'found') {
  const why = answer === null ? 'nothing_found' : null;
  return desk.ask({ type: 'assisted', asked: desk.ticket.assistant?.seq ?? 0, answer, why });
}

describe('the first mail of a customer', () => {
  it.each(['suggest', 'answer'] as const)('is put to the assistant in mode %s', (mode) => {
    const desk = asked(mode);
    expect(desk.ticket.assistant).toEqual({
      ...{ status: 'asked', mode, until: desk.in(BUDGET_MS), seq: 3 },
      ...{ acknowledge: false, answer: null },
    });
    expect(desk.timers).toEqual([{ kind: 'assistant', at: desk.in(BUDGET_MS), armed: 3 }]);
  });

  it('waits with its acknowledgement for an answer, and for no suggestion', () => {
    expect(typesOf(asked('answer', { acknowledge: true }).log)).toEqual([
      ...['created', 'received', 'assistantAsked'],
    ]);
    expect(typesOf(asked('suggest', { acknowledge: true }).log)).toEqual([
      ...['created', 'received', 'queued', 'sendStarted', 'assistantAsked'],
    ]);
  });

  it('of a machine, of an archive, or to a mailbox without it asks nothing', () => {
    const desk = new Desk();
    desk.assistant = 'answer';
    desk.mail({ automatic: true });
    expect(desk.ticket.assistant).toBeNull();
    const old = new Desk();
    old.assistant = 'answer';
    old.mail({ imported: { at: old.now, solved: false } });
    expect(old.ticket.assistant).toBeNull();
    expect(asked('off').ticket.assistant).toBeNull();
  });

  it('that goes on from a closed ticket gets a suggestion at most', () => {
    const desk = new Desk();
    desk.assistant = 'answer';
    const origin = { mailbox: 'm', customer: 'c', team: null, subject: 's', followUpOf: 3 };
    desk.mail({ origin });
    expect(desk.ticket.assistant?.mode).toBe('suggest');
  });

  it('is the only one that asks', () => {
    const desk = asked('answer');
    tell(desk);
    desk.mail();
    desk.mail();
    expect(eventsOf(desk.log, 'assistantAsked')).toHaveLength(1);
  });
});

describe('an answer', () => {
  it('is sent, and solves the ticket without an acknowledgement', () => {
    const desk = asked('answer', { acknowledge: true });
    const outcome = tell(desk);
    expect(typesOf(outcome)).toEqual(['assistantAnswered', 'queued', 'sendStarted', 'solved']);
    expect(outcome.events[0]?.by).toEqual({ kind: 'assistant' });
    expect(eventsOf(outcome, 'queued')).toMatchObject([
      { message: 'assistant-7-4', kind: 'assistant', upTo: 4, writer: null },
    ]);
    expect(desk.ticket).toMatchObject({
      state: 'solved',
      owner: null,
      waitingSince: null,
      solved: { kind: 'assistant', agent: null },
      assistant: { status: 'answered', answer: 'found' },
    });
    expect(desk.timers.map(({ kind }) => kind)).toEqual(['close']);
  });

  it('that is told twice is sent once', () => {
    const desk = asked('answer');
    tell(desk);
    expect(tell(desk).events).toEqual([]);
  });

  it('that did not help leads to new', () => {
    const desk = asked('answer');
    tell(desk);
    desk.mail();
    expect(desk.ticket).toMatchObject({ state: 'new', owner: null, waitingSince: desk.now });
  });

  it('is a suggestion in mode suggest', () => {
    const outcome = tell(asked('suggest'));
    expect(outcome.events).toMatchObject([{ type: 'assistantSuggested', reason: null }]);
  });

  it.each<[string, (desk: Desk) => void]>([
    ['claimed', (desk) => desk.ask({ type: 'claim', agent: 'bo', takeover: false }, 'bo')],
    ['claimed', (desk) => desk.reply({ undoMs: MINUTE_MS })],
    ['customer_wrote', (desk) => desk.mail()],
    ['customer_wrote', (desk) => (desk.untakenCustomerMail = true)],
    ['too_many', (desk) => (desk.automaticLately = 5)],
    [
      'no_address',
      (desk) => (desk.answers = { found: { id: 'found', confidence: 1, hasAddress: false } }),
    ],
    [
      'not_sure',
      (desk) => (desk.answers = { found: { id: 'found', confidence: 0.4, hasAddress: true } }),
    ],
  ])('is only suggested when it is %s meanwhile', (reason, meanwhile) => {
    const desk = asked('answer');
    meanwhile(desk);
    expect(eventsOf(tell(desk), 'assistantSuggested')).toMatchObject([{ reason }]);
    expect(desk.ticket.solved).toBeNull();
    expect(eventsOf(desk.log, 'queued').map(({ kind }) => kind)).not.toContain('assistant');
  });

  it('that is not kept any more is none', () => {
    const desk = asked('answer');
    desk.answers = {};
    expect(typesOf(tell(desk))).toEqual(['assistantHandedOver']);
  });

  it('to a solved ticket is kept, and changes nothing else', () => {
    const desk = asked('answer', { acknowledge: true });
    desk.ask({ type: 'solve', summary: false }, 'bo');
    expect(typesOf(tell(desk))).toEqual(['assistantSuggested']);
    expect(desk.ticket).toMatchObject({ state: 'solved', solved: { kind: 'agent' } });
  });
});

describe('handing over', () => {
  it('says why, and acknowledges what waited for it', () => {
    const desk = asked('answer', { acknowledge: true });
    const outcome = tell(desk, null);
    expect(typesOf(outcome)).toEqual(['assistantHandedOver', 'queued', 'sendStarted']);
    expect(eventsOf(outcome, 'assistantHandedOver')).toMatchObject([{ reason: 'nothing_found' }]);
    expect(eventsOf(outcome, 'queued')).toMatchObject([{ message: 'acknowledgement-7-4' }]);
    expect(desk.ticket).toMatchObject({ state: 'new', solved: null });
  });

  it('acknowledges nothing when a person was faster, and no more than an address may get', () => {
    const answered = asked('answer', { acknowledge: true });
    answered.reply();
    expect(typesOf(tell(answered, null))).toEqual(['assistantHandedOver']);
    const flooded = asked('answer', { acknowledge: true });
    flooded.automaticLately = 5;
    expect(typesOf(tell(flooded, null))).toEqual(['assistantHandedOver', 'answerHeld']);
  });

  it('happens by itself when the time is over, and not before', () => {
    const desk = asked('answer', { acknowledge: true });
    const [timer] = desk.timers;
    desk.sleep(BUDGET_MS - 10 * SECOND_MS);
    expect(timer && desk.fire(timer).events).toEqual([]);
    const events = desk.wait(MINUTE_MS);
    expect(typesOf(events)).toEqual(['assistantHandedOver', 'queued', 'sendStarted']);
    expect(events[0]).toMatchObject({ reason: 'timed_out', by: { kind: 'timer' } });
    expect(desk.timers).toEqual([]);
  });

  it('lets an answer that comes too late be a suggestion, once', () => {
    const desk = asked('answer');
    desk.wait(MINUTE_MS);
    expect(tell(desk, null).events).toEqual([]);
    expect(tell(desk).events).toMatchObject([{ type: 'assistantSuggested', reason: 'timed_out' }]);
    expect(tell(desk).events).toEqual([]);
  });
});

it('an answer that is not delivered leaves the question to a person, who is next', () => {
  const desk = asked('answer');
  const { createdAt } = desk.ticket;
  tell(desk);
  desk.wait(MINUTE_MS);
  desk.deliver('assistant-7-4', 'sent');
  expect(typesOf(desk.bounce('assistant-7-4'))).toEqual(['received', 'delivery', 'reopened']);
  expect(desk.ticket).toMatchObject({ state: 'new', owner: null, waitingSince: createdAt });
});
