import { dkimVerify } from 'mailauth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertDkimKey, noteDkimCheck } from '../../database/queries/dkim-keys.ts';
import { dnsRecordOf, makeSigningKeys } from '../../mail/outbound/dkim.ts';
import { dkimKeyPlace } from '../../mail/outbound/sealed-key.ts';
import { createSealer } from '../../runtime/sealed-secrets.ts';
import { SECRET } from './desk-worker.ts';
import { newTicket } from './one-ticket.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startRunningDesk();
});
afterAll(() => desk.stop());

test('mail of a domain with a key in use leaves signed, and other mail as it is', async () => {
  const ticket = await newTicket(desk);
  await ticket.reply({ text: 'Before there was a key.' });
  const plain = await desk.sink.next(({ raw }) => raw.includes('Before there was a key.'));
  expect(plain.headers.raw.has('dkim-signature')).toBe(false);

  const domain = `${desk.company}.test`;
  const pair = await makeSigningKeys();
  const key = { domain, selector: 'pk1', publicKey: pair.publicKey };
  await desk.in(async (trx) => {
    const sealed = createSealer(SECRET).seal(pair.privateKey, dkimKeyPlace(desk.company, 'k1'));
    const row = { id: 'k1', domain, selector: 'pk1', public_key: pair.publicKey };
    await insertDkimKey(trx, { ...row, private_key: sealed });
    await noteDkimCheck(trx, 'k1', null);
  });
  await ticket.reply({ text: 'Signed, sealed and sent.' });
  const signed = await desk.sink.next(({ raw }) => raw.includes('Signed, sealed and sent.'));
  const resolver = async (): Promise<string[][]> => [[dnsRecordOf(key).value]];
  const { results } = await dkimVerify(signed.raw, { resolver });
  expect(results).toMatchObject([{ signingDomain: domain, status: { result: 'pass' } }]);
});
