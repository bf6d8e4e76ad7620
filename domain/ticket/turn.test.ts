import { describe, expect, it } from 'vitest';
import { Desk, HOUR_MS, START } from '../testing/desk.ts';
import { openTicket } from '../testing/tickets.ts';

/** An open ticket whose customer wrote at START and was answered an hour later. */
function answered() {
  const desk = openTicket('bo');
  desk.sleep(HOUR_MS);
  const { message } = desk.reply();
  desk.deliver(message, 'sent');
  desk.sleep(HOUR_MS);
  return { desk, message };
}

describe('whose turn it is', () => {
  it("is the customer's once our answer left", () => {
    expect(answered().desk.ticket.waitingSince).toBeNull();
  });

  it('is ours again when the answer bounces, since the customer wrote', () => {
    const { desk, message } = answered();
    desk.bounce(message);
    expect(desk.ticket).toMatchObject({ state: 'open', waitingSince: START });
  });

  it('is ours again when the answer fails for good', () => {
    const desk = openTicket('bo');
    const { message } = desk.reply();
    desk.deliver(message, 'failed');
    expect(desk.ticket.waitingSince).toBe(START);
  });

  it('is ours from the bounce of a mail that nobody had waited for', () => {
    const desk = new Desk();
    const { message } = desk.compose();
    desk.deliver(message, 'sent');
    desk.sleep(HOUR_MS);
    desk.bounce(message);
    expect(desk.ticket.waitingSince).toBe(desk.now);
  });

  it('is ours when the bounce opens a solved ticket', () => {
    const { desk, message } = answered();
    desk.ask({ type: 'solve', summary: false }, 'bo');
    desk.bounce(message);
    expect(desk.ticket).toMatchObject({ state: 'open', waitingSince: START });
  });

  it("stays the customer's on a solved ticket that nobody owns any more", () => {
    const { desk, message } = answered();
    desk.ask({ type: 'solve', summary: false }, 'bo');
    desk.agents['bo'] = { active: false, teams: [] };
    desk.bounce(message);
    expect(desk.ticket).toMatchObject({ state: 'solved', waitingSince: null });
  });

  it("stays the customer's when an answer after the lost one is on its way", () => {
    const { desk, message } = answered();
    desk.reply();
    desk.bounce(message);
    expect(desk.ticket.waitingSince).toBeNull();
  });

  it("is the customer's again when the answer is sent again", () => {
    const { desk, message } = answered();
    desk.bounce(message);
    desk.ask({ type: 'resend', message }, 'bo');
    expect(desk.ticket.waitingSince).toBeNull();
    desk.deliver(message, 'failed');
    expect(desk.ticket.waitingSince).toBe(START);
  });

  it("is the customer's again when somebody knows that it arrived", () => {
    const { desk, message } = answered();
    desk.bounce(message);
    desk.ask({ type: 'delivery', message, outcome: 'arrived', attempt: null, atOnce: false }, 'bo');
    expect(desk.ticket.waitingSince).toBeNull();
  });

  it('stays ours when the customer wrote again, whatever becomes of the answer', () => {
    const { desk, message } = answered();
    desk.bounce(message);
    desk.mail();
    desk.ask({ type: 'delivery', message, outcome: 'arrived', attempt: null, atOnce: false }, 'bo');
    expect(desk.ticket.waitingSince).toBe(START);
  });
});
