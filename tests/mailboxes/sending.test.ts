import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { writeServer } from '../../database/queries/mailbox-servers.ts';
import type { ServerFields } from '../../database/queries/mailbox-servers.ts';
import { updateMailbox } from '../../database/queries/mailboxes.ts';
import { placeOf } from '../../mail/servers/sealed-server.ts';
import { ticketOf } from '../flows/one-ticket.ts';
import type { OneTicket } from '../flows/one-ticket.ts';
import { startRunningDesk } from '../flows/running-desk.ts';
import type { RunningDesk } from '../flows/running-desk.ts';
import { sealer } from './fetched-desk.ts';
import { CLIENT, startIssuer } from './issuer.ts';
import { startProviderSmtp } from './provider-smtp.ts';
import type { ProviderSmtp } from './provider-smtp.ts';

let desk: RunningDesk;
let provider: ProviderSmtp;
beforeAll(async () => {
  desk = await startRunningDesk();
});
afterAll(() => desk.stop());
beforeEach(async () => {
  provider = await startProviderSmtp();
  await sendBy({});
});
afterEach(() => provider.stop());

const place = (field: 'secret' | 'client_secret') => placeOf({ ...desk, direction: 'out' }, field);

async function sendBy(changes: Partial<ServerFields>): Promise<void> {
  await desk.in((trx) =>
    writeServer(trx, {
      mailbox: desk.mailbox,
      direction: 'out',
      enabled: true,
      host: '127.0.0.1',
      port: provider.port,
      tls: 'none',
      any_certificate: false,
      ca: null,
      login: 'acme',
      auth: 'password',
      secret: sealer.seal(provider.password, place('secret')),
      token_endpoint: null,
      client_id: null,
      client_secret: null,
      scope: null,
      folder: null,
      taken: null,
      processed_folder: null,
      existing: null,
      ...changes,
    }),
  );
}

async function openTicket(letter: Parameters<RunningDesk['write']>[0] = {}): Promise<OneTicket> {
  const ticket = ticketOf(desk, await desk.write(letter));
  await ticket.event('received');
  await ticket.command('claim', { agent: desk.bo });
  return ticket;
}

const toCustomer = ({ to }: { to: string[] }) => to.includes('eleanor@brightmail.test');

describe('a mailbox with a server of its own', () => {
  test('sends by it, several mails over one connection, and none by the desk', async () => {
    const ticket = await openTicket();
    for (const text of ['one', 'two']) {
      const message = await ticket.reply({ text });
      await ticket.event('delivery', (event) => event.message === message);
    }
    const sent = provider.mails.filter(toCustomer);
    expect(sent).toHaveLength(2);
    expect(new Set(sent.map(({ connection }) => connection)).size).toBe(1);
    expect(sent[0]).toMatchObject({ user: 'acme' });
    expect(desk.sink.mails.filter(toCustomer)).toEqual([]);
  });

  test('sends over a new connection when the kept one was hung up', async () => {
    const ticket = await openTicket();
    const first = await ticket.reply({ text: 'one' });
    await ticket.event('delivery', (event) => event.message === first);
    provider.hangUp();
    const second = await ticket.reply({ text: 'two' });
    const delivery = await ticket.event('delivery', (event) => event.message === second);
    expect(delivery).toMatchObject({ outcome: 'sent', attempt: 1 });
    const sent = provider.mails.filter(toCustomer);
    expect(new Set(sent.map(({ connection }) => connection)).size).toBe(2);
  });

  test('is uncertain of a mail whose answer was lost, and sends it no second time', async () => {
    const ticket = await openTicket();
    const first = await ticket.reply({ text: 'one' });
    await ticket.event('delivery', (event) => event.message === first);
    provider.breakAfterData(true);
    const second = await ticket.reply({ text: 'two' });
    const delivery = await ticket.event('delivery', (event) => event.message === second);
    expect(delivery).toMatchObject({ outcome: 'uncertain' });
    expect(provider.mails.filter(toCustomer)).toHaveLength(2);
  });

  test('sends by other settings once they change, and by the desk without any', async () => {
    const ticket = await openTicket();
    const first = await ticket.reply({ text: 'one' });
    await ticket.event('delivery', (event) => event.message === first);
    const other = await startProviderSmtp();
    await sendBy({ port: other.port, login: 'other' });
    await ticket.reply({ text: 'two' });
    expect(await other.next(toCustomer)).toMatchObject({ user: 'other' });
    await sendBy({ enabled: false });
    await ticket.reply({ text: 'three' });
    const sunk = await desk.sink.next(({ raw }) => raw.toString().includes('three'));
    expect(sunk.to).toEqual(['eleanor@brightmail.test']);
    await other.stop();
  });

  test('waits and says why when the login is refused', async () => {
    await sendBy({ secret: sealer.seal('wrong', place('secret')) });
    const ticket = await openTicket();
    const message = await ticket.reply({ text: 'one' });
    const delivery = await ticket.event('delivery', (event) => event.message === message);
    expect(delivery).toMatchObject({ outcome: 'deferred' });
    const [attempt] = await desk.in((trx) => trx('send_attempt').where({ message }));
    expect(attempt).toMatchObject({ code: 535, handed_over_at: null });
    await ticket.command('solve', { summary: false, by: desk.bo });
  });

  test('signs in with an access token, and with the next when that was called back', async () => {
    const issuer = await startIssuer('acme', (token) => {
      provider.tokens.clear();
      provider.tokens.add(token);
    });
    await sendBy({
      auth: 'oauth2',
      secret: sealer.seal(issuer.refreshToken(), place('secret')),
      client_id: CLIENT.id,
      client_secret: sealer.seal(CLIENT.secret, place('client_secret')),
      token_endpoint: issuer.tokenEndpoint,
    });
    const ticket = await openTicket();
    await ticket.reply({ text: 'one' });
    expect(await provider.next(toCustomer)).toMatchObject({ user: 'acme' });
    provider.tokens.clear();
    provider.hangUp();
    const second = await ticket.reply({ text: 'two' });
    const delivery = await ticket.event('delivery', (event) => event.message === second);
    expect(delivery).toMatchObject({ outcome: 'sent', attempt: 1 });
    expect(issuer.given).toEqual(['access-1', 'access-2']);
    await issuer.stop();
  });
});

describe('what a mailbox is called', () => {
  test('stands in its mails: display name, HTML signature, and the alias written to', async () => {
    const alias = `help@${desk.company}.test`;
    await desk.in((trx) =>
      updateMailbox(trx, desk.mailbox, {
        displayName: 'Acme Help',
        signatureHtml: '<b>Acme</b> Lamps<script>x</script>',
        aliases: [alias],
        acknowledge: true,
      }),
    );
    const ticket = await openTicket({ to: alias, subject: 'To the alias' });
    const isAcknowledgement = ({ raw }: { raw: string }) => raw.includes('auto-replied');
    const acknowledged = await provider.next(isAcknowledgement);
    expect(acknowledged.raw).toContain(`From: Acme Help <${alias}>`);
    await ticket.command('claim', { agent: desk.bo });
    const [mail] = await desk.in((trx) => trx('mail').where({ ticket: ticket.number }));
    expect(mail).toMatchObject({ written_to: alias });
    expect(acknowledged.raw).toMatch(new RegExp(`Reply-To: Acme Help <help\\+\\w+@`));
    expect(acknowledged.from).toMatch(/^help\+\w+@/);
    await desk.in((trx) =>
      updateMailbox(trx, desk.mailbox, { plusAddresses: false, acknowledge: false }),
    );
    await ticket.reply({ text: 'from the mailbox' });
    const reply = await provider.next(({ raw }) => raw.includes('from the mailbox'));
    expect(reply.raw).toContain('<b>Acme</b> Lamps');
    expect(reply.raw).not.toMatch(/^Reply-To|<script/m);
    expect(reply.from).not.toContain('+');
  });
});
