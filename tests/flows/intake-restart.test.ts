import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { holdMails } from '../../database/queries/mail-rows.ts';
import type { IntakeDependencies } from '../../intake/dependencies.ts';
import { HandOvers } from '../../intake/hand-overs.ts';
import { sweepMail } from '../../intake/sweep.ts';
import { takeMail } from '../../intake/take-mail.ts';
import { createTicketWorkflows } from '../../intake/ticket-workflows.ts';
import type { TicketWorkflows } from '../../intake/ticket-workflows.ts';
import { askUntil } from './ask-until.ts';
import { arrivalOf } from './letter.ts';
import { ticketOf } from './one-ticket.ts';
import type { OneTicket } from './one-ticket.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';
import { temporalAt } from './temporal-at.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startRunningDesk();
});
afterAll(() => desk.stop());

/** A process that ends right after it has stored a mail. */
class NoHandOvers extends HandOvers {
  override add(): boolean {
    return false;
  }
}

/** A process of its own over the same database. */
function processOf(changes: Partial<IntakeDependencies> = {}): IntakeDependencies {
  return { ...desk.intake, handOvers: new HandOvers(desk.database), ...changes };
}

/** Its hand-overs by ticket, as they come; the ticket gets them unless the call fails. */
function receiving(fail?: Error): { workflows: TicketWorkflows; received: string[] } {
  const received: string[] = [];
  const workflows: TicketWorkflows = {
    ...desk.workflows,
    receive: async (ticket, mail, first) => {
      received.push(mail);
      if (fail) throw fail;
      await desk.workflows.receive(ticket, mail, first);
    },
  };
  return { workflows, received };
}

async function store(intake: IntakeDependencies): Promise<OneTicket> {
  const [stored] = await takeMail(intake, arrivalOf(desk.company, {}));
  await intake.handOvers.drain();
  return ticketOf(desk, stored?.row.ticket ?? 0);
}

/** The time passes for which the process that stored a mail is given a chance. */
async function leasesRunOut(): Promise<void> {
  await desk.in((trx) => trx('mail').where({ outcome: 'pending' }).update('lease_until', null));
}

async function oneOfAll(ticket: OneTicket): Promise<void> {
  await ticket.event('received');
  const where = { company: desk.company, ticket: ticket.number };
  const [mails, messages] = await desk.in((trx) =>
    Promise.all([trx('mail').where(where), trx('message').where(where)]),
  );
  expect(mails).toMatchObject([{ outcome: 'new_ticket', lease_until: null }]);
  expect(messages).toHaveLength(1);
  expect(await ticket.types()).toEqual(['created', 'received']);
}

describe('a process that ends', () => {
  test('before the mail is stored has taken nothing', async () => {
    const broken = { ...desk.intake.blobs, put: () => Promise.reject(new Error('disk full')) };
    await expect(store(processOf({ blobs: broken }))).rejects.toThrow('disk full');
  });

  test('after storing leaves a mail without a trace, which the next hands over', async () => {
    const ticket = await store(processOf({ handOvers: new NoHandOvers(desk.database) }));
    expect(await ticket.events()).toEqual([]);
    await sweepMail(processOf(), 0);
    expect(await ticket.events()).toEqual([]);
    await leasesRunOut();
    await sweepMail(processOf(), 0);
    await oneOfAll(ticket);
  });

  test('while it parses leaves a mail that is parsed again', async () => {
    const broken = { ...desk.intake.database };
    const ticket = await store(processOf({ handOvers: new NoHandOvers(desk.database) }));
    await leasesRunOut();
    broken.withCompany = () => Promise.reject(new Error('the process has ended'));
    await expect(sweepMail(processOf({ database: broken }), 0)).rejects.toThrow('ended');
    await sweepMail(processOf(), 0);
    await oneOfAll(ticket);
  });

  test('after parsing leaves a mail that is handed over without being parsed again', async () => {
    const { workflows } = receiving(new Error('Temporal is away'));
    const ticket = await store(processOf({ workflows }));
    expect(await desk.in((trx) => trx('message').where({ ticket: ticket.number }))).toHaveLength(1);
    await leasesRunOut();
    await sweepMail(processOf(), 0);
    await oneOfAll(ticket);
  });

  test('after handing over, and everybody hands it over again: it counts once', async () => {
    const ticket = await store(processOf());
    const [mail] = await desk.in((trx) => trx('mail').where({ ticket: ticket.number }));
    const key = { company: desk.company, number: ticket.number };
    await Promise.all(Array.from({ length: 5 }, () => desk.workflows.receive(key, mail.id)));
    await ticket.settled();
    await oneOfAll(ticket);
  });
});

describe('a mail that a process has in hand', () => {
  /** Milliseconds for which sweeps leave the mail alone, by the database's clock. */
  async function leaseMsOf(ticket: OneTicket): Promise<number> {
    const { rows } = await desk.in((trx) =>
      trx.raw<{ rows: { ms: number }[] }>(
        `select extract(epoch from lease_until - now())::float8 * 1000 as ms from mail
         where ticket = ?`,
        [ticket.number],
      ),
    );
    return rows[0]?.ms ?? 0;
  }

  /** A process whose hand-over takes until it is told to go on. */
  function slowProcess(): { intake: IntakeDependencies; goOn: () => void } {
    let goOn: () => void = () => undefined;
    const told = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const workflows = { ...desk.workflows, receive: () => told };
    return { intake: processOf({ workflows }), goOn: () => goOn() };
  }

  const storeIn = async (intake: IntakeDependencies): Promise<OneTicket> => {
    const [stored] = await takeMail(intake, arrivalOf(desk.company, {}));
    return ticketOf(desk, stored?.row.ticket ?? 0);
  };

  const SWEEP_AFTER_MS = 5_000;

  test('is free as soon as the sweep asks for it, when the process was killed', async () => {
    const ticket = await store(processOf({ handOvers: new NoHandOvers(desk.database) }));
    expect(await leaseMsOf(ticket)).toBeGreaterThan(0);
    expect(await leaseMsOf(ticket)).toBeLessThanOrEqual(SWEEP_AFTER_MS);
  });

  test('is kept from the sweep while the process is slow, longer once handed over', async () => {
    const { intake, goOn } = slowProcess();
    const ticket = await storeIn(intake);
    const where = { ticket: ticket.number };
    const leaseOf = () => desk.in((trx) => trx('mail').where(where).first('lease_until'));
    const { lease_until: first } = await leaseOf();
    const renewed = await askUntil(async () => {
      const { lease_until: lease } = await leaseOf();
      return lease > first ? lease : undefined;
    });
    expect(Date.parse(renewed)).toBeGreaterThan(Date.parse(first));
    goOn();
    await askUntil(async () => ((await leaseMsOf(ticket)) > 2 * SWEEP_AFTER_MS ? true : undefined));
    await leasesRunOut();
    await sweepMail(processOf(), 0);
    await oneOfAll(ticket);
  });

  test('goes to the sweep when its renewal is late, and stays there', async () => {
    const { intake, goOn } = slowProcess();
    const ticket = await storeIn(intake);
    const [{ id }] = await desk.in((trx) => trx('mail').where({ ticket: ticket.number }));
    const { workflows, received } = receiving(new Error('nobody answers'));
    // A renewal that is in time comes before the sweep; sooner or later one is late.
    await askUntil(async () => {
      await leasesRunOut();
      await sweepMail(processOf({ workflows }), 0);
      return received.includes(id) ? true : undefined;
    });
    const before = await leaseMsOf(ticket);
    await desk.in((trx) => holdMails(trx, [id], 60_000));
    expect(await leaseMsOf(ticket)).toBeLessThanOrEqual(before);
    goOn();
    await intake.handOvers.drain();
    await leasesRunOut();
    await sweepMail(processOf(), 0);
    await oneOfAll(ticket);
  });
});

test('a sweep that finds Temporal away gives its mail back untried, and ends', async () => {
  const intake = processOf({ handOvers: new NoHandOvers(desk.database) });
  const tickets = [await store(intake), await store(intake)];
  await leasesRunOut();
  const away = await temporalAt('127.0.0.1:1', desk.place.namespace);
  const workflows = createTicketWorkflows(away.client, { receiveTimeoutMs: 2_000 });
  await expect(sweepMail(processOf({ workflows }), 0)).rejects.toThrow('signalWithStart');
  await away.close();
  const untried = { attempts: 0, lease_until: null };
  const pending = { outcome: 'pending' };
  const rows = await desk.in((trx) => trx('mail').where(pending).select(Object.keys(untried)));
  expect(rows).toEqual([untried, untried]);
  await sweepMail(processOf(), 0);
  for (const ticket of tickets) await oneOfAll(ticket);
});

describe('several processes that sweep', () => {
  test('hand each mail over once', async () => {
    const intake = processOf({ handOvers: new NoHandOvers(desk.database) });
    const tickets = await Promise.all(Array.from({ length: 12 }, () => store(intake)));
    await leasesRunOut();
    const { workflows, received } = receiving();
    const sweeps = Array.from({ length: 4 }, () => sweepMail(processOf({ workflows }), 0));
    await Promise.all(sweeps);
    expect(received).toHaveLength(12);
    expect(new Set(received).size).toBe(12);
    for (const ticket of tickets) await oneOfAll(ticket);
  });

  test('leave alone what has only just been stored', async () => {
    const ticket = await store(processOf({ handOvers: new NoHandOvers(desk.database) }));
    await leasesRunOut();
    const { workflows, received } = receiving();
    await sweepMail(processOf({ workflows }), 5_000);
    expect(received).toEqual([]);
    await sweepMail(processOf({ workflows }), 0);
    await oneOfAll(ticket);
  });
});

test('a mail that cannot be parsed is a ticket with its source; the ledger says why', async () => {
  const broken = { contentType: 'multipart/mixed; boundary=none', text: 'Where is my lamp?' };
  const ticket = ticketOf(desk, await desk.write(broken));
  await ticket.event('received');
  const where = { ticket: ticket.number };
  const [mail, message] = await desk.in((trx) =>
    Promise.all([trx('mail').where(where).first(), trx('message').where(where).first()]),
  );
  expect(mail).toMatchObject({
    outcome: 'new_ticket',
    reason: expect.stringContaining('could not be parsed'),
  });
  expect(message.text).toContain('Where is my lamp?');
});

test('mails that arrive while no worker runs wait in the ticket, and none is lost', async () => {
  const idle = await startRunningDesk({ worker: false });
  const ticket = ticketOf(idle, await idle.write({}));
  await ticket.customerWrites();
  await ticket.customerWrites();
  await idle.intake.handOvers.drain();
  const worker = await idle.startWorker();
  await idle.eventually(async () => {
    const received = (await ticket.types()).filter((type) => type === 'received');
    return received.length === 3 ? received : undefined;
  });
  await worker.stop();
  await idle.stop();
});
