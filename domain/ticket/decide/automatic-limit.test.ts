import { describe, expect, it } from 'vitest';
import { Desk } from '../../testing/desk.ts';
import { AUTOMATIC_ANSWERS_MAX, SUMMARIES_MAX } from './automatic-limit.ts';

describe('automatic mails to one address', () => {
  it('are answered until the limit, and then held with the reason on the ticket', () => {
    const before = new Desk();
    before.acknowledge = true;
    before.automaticLately = AUTOMATIC_ANSWERS_MAX - 1;
    expect(before.mail().events.map(({ type }) => type)).toContain('queued');
    const after = new Desk();
    after.acknowledge = true;
    after.automaticLately = AUTOMATIC_ANSWERS_MAX;
    expect(after.mail().events).toMatchObject([
      { type: 'created' },
      { type: 'received' },
      { type: 'answerHeld', kind: 'acknowledgement', lately: AUTOMATIC_ANSWERS_MAX },
    ]);
  });

  it('hold a summary back too, and the ticket is solved all the same', () => {
    const desk = new Desk();
    desk.mail();
    desk.automaticLately = SUMMARIES_MAX;
    desk.ask({ type: 'claim', agent: 'bo', takeover: false }, 'bo');
    const { events } = desk.ask({ type: 'solve', summary: true }, 'bo');
    expect(events).toMatchObject([{ type: 'solved', summarySkipped: 'too_many' }]);
  });
});
