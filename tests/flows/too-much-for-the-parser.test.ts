import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { IntakeDependencies } from '../../intake/dependencies.ts';
import { LOST_TRIES_MAX, TRIES_MAX } from '../../intake/hand-over.ts';
import { HandOvers } from '../../intake/hand-overs.ts';
import { acceptParked } from '../../intake/parked.ts';
import { sweepMail } from '../../intake/sweep.ts';
import { takeMail } from '../../intake/take-mail.ts';
import { BlobsAwayError } from '../../mail/blob-store.ts';
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

/** Sweeps until the mail has its outcome, as time passes between them. */
async function sweepOut(intake: IntakeDependencies, id: string): Promise<number> {
  for (let rounds = 0; rounds < 100; rounds += 1) {
    if ((await mailRow(id)).outcome !== 'pending') return rounds;
    await desk.in((trx) => trx('mail').where({ id }).update('lease_until', null));
    await sweepMail(intake, 0);
  }
  throw new Error('the mail is tried for ever');
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

describe('a mistake of ours that a mail meets', () => {
  const broken = () => Promise.reject(new TypeError('eleanor@brightmail.test is undefined'));

  test('is tried again a few times, then parks the mail, and holds up no other', async () => {
    const id = await arrive(withParser(broken));
    const [next] = await takeMail(
      { ...desk.intake, handOvers: new HandOvers(desk.database) },
      arrivalOf(desk.company, { subject: 'The next one' }),
    );
    await ticketOf(desk, next?.row.ticket ?? 0).event('received');
    expect(await sweepOut(withParser(broken), id)).toBe(TRIES_MAX);
    const { outcome, reason, raw_hash: raw } = await mailRow(id);
    expect([outcome, reason]).toEqual(['parked', expect.stringContaining(`mail ${id}`)]);
    expect(reason).not.toContain('eleanor');
    expect((await desk.intake.blobs.get(raw)).toString()).toContain('Subject:');
  });

  test('is over when it is mended, and the mail becomes its ticket', async () => {
    const id = await arrive(withParser(broken));
    await desk.in((trx) => trx('mail').where({ id }).update('lease_until', null));
    await sweepMail(withParser(broken), 0);
    await desk.in((trx) => trx('mail').where({ id }).update('lease_until', null));
    await sweepMail(withParser(undefined), 0);
    await ticketOf(desk, (await mailRow(id)).ticket).event('received');
    expect(await mailRow(id)).toMatchObject({ outcome: 'new_ticket' });
  });

  test('shows the source to who takes the mail out', async () => {
    const id = await arrive(withParser(broken));
    await sweepOut(withParser(broken), id);
    const { ticket } = await acceptParked(withParser(broken), desk.company, id);
    await ticketOf(desk, ticket).event('received');
    expect(await mailRow(id)).toMatchObject({ outcome: 'new_ticket', ticket });
  });

  test('parks it again at once when not even that works', async () => {
    const id = await arrive(withParser(broken));
    await sweepOut(withParser(broken), id);
    const blobs = { ...desk.intake.blobs, scratchFolder: broken };
    await acceptParked({ ...withParser(broken), blobs }, desk.company, id);
    expect(await mailRow(id)).toMatchObject({ outcome: 'parked' });
  });

  test('is no outage: while the database or Temporal is away a mail waits', async () => {
    const away = Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
    const intake = withParser(() => Promise.reject(away));
    const id = await arrive(intake);
    for (let tries = 0; tries <= TRIES_MAX; tries += 1) {
      await desk.in((trx) => trx('mail').where({ id }).update('lease_until', null));
      await sweepMail(intake, 0);
    }
    expect(await mailRow(id)).toMatchObject({ outcome: 'pending', attempts: TRIES_MAX + 1 });
    await desk.in((trx) => trx('mail').where({ id }).update('lease_until', null));
    await sweepMail(withParser(undefined), 0);
    await ticketOf(desk, (await mailRow(id)).ticket).event('received');
  });
});

test('while the bucket is away a mail waits, however often it is tried', async () => {
  const away = () => Promise.reject(new BlobsAwayError('the bucket is away'));
  const bucketless = { ...withParser(undefined), blobs: { ...desk.intake.blobs, fileOf: away } };
  const id = await arrive(bucketless);
  for (let tries = 0; tries <= LOST_TRIES_MAX + 1; tries += 1) {
    await desk.in((trx) => trx('mail').where({ id }).update('lease_until', null));
    await sweepMail(bucketless, 0);
  }
  const mail = await mailRow(id);
  expect(mail).toMatchObject({ outcome: 'pending', attempts: 0 });
  // Others of a long list have their turn before it.
  expect(mail.lease_until).not.toBeNull();
  await desk.in((trx) => trx('mail').where({ id }).update('lease_until', null));
  await sweepMail(withParser(undefined), 0);
  await ticketOf(desk, mail.ticket).event('received');
});

test('a mail that no process comes back from is parked', async () => {
  const id = await arrive(withParser(() => Promise.reject(new Error('Killed'))));
  await desk.in((trx) => trx('mail').where({ id }).update({ attempts: LOST_TRIES_MAX }));
  await sweepOut(withParser(undefined), id);
  expect(await mailRow(id)).toMatchObject({
    outcome: 'parked',
    reason: expect.stringContaining('no try to take it in came to an end'),
  });
});
