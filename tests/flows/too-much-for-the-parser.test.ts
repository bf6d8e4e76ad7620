import { afterAll, beforeAll, expect, test } from 'vitest';
import type { IntakeDependencies } from '../../intake/dependencies.ts';
import { HandOvers } from '../../intake/hand-overs.ts';
import { acceptParked } from '../../intake/parked.ts';
import { takeMail } from '../../intake/take-mail.ts';
import { ParserStoppedError } from '../../mail/parsing/parse-task.ts';
import { arrivalOf } from './letter.ts';
import { ticketOf } from './one-ticket.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startRunningDesk();
});
afterAll(() => desk.stop());

function withParser(parse: IntakeDependencies['parse']): IntakeDependencies {
  return { ...desk.intake, handOvers: new HandOvers(desk.database), ...(parse && { parse }) };
}

const stops = () => Promise.reject(new ParserStoppedError('parsing it took more than 15 seconds'));

async function arrive(intake: IntakeDependencies): Promise<string> {
  const [stored] = await takeMail(intake, arrivalOf(desk.company, {}));
  await intake.handOvers.drain();
  return stored?.row.id ?? '';
}

const mailRow = (id: string) => desk.in((trx) => trx('mail').where({ id }).first());

test('a mail that is too much for its parser is parked with the reason', async () => {
  const id = await arrive(withParser(stops));
  const mail = await mailRow(id);
  expect(mail).toMatchObject({
    outcome: 'parked',
    reason: 'it could not be parsed: parsing it took more than 15 seconds',
    lease_until: null,
    message: null,
  });
  expect(await ticketOf(desk, mail.ticket).events()).toEqual([]);
});

test('taken out by an agent, it becomes a ticket that shows its source', async () => {
  const id = await arrive(withParser(stops));
  const { ticket } = await acceptParked(withParser(stops), desk.company, id);
  await ticketOf(desk, ticket).event('received');
  expect(await mailRow(id)).toMatchObject({ outcome: 'new_ticket', ticket });
  const message = await desk.in((trx) => trx('message').where({ mail: id }).first());
  expect(message.text).not.toBe('');
  expect(message.html).toBeNull();
});

test('a parser that somebody else ended leaves its mail for the next sweep', async () => {
  const ended = new Error('A parser was ended by SIGKILL');
  const id = await arrive(withParser(() => Promise.reject(ended)));
  expect(await mailRow(id)).toMatchObject({ outcome: 'pending', message: null });
});
