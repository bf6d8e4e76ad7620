import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { HandOvers } from '../../intake/hand-overs.ts';
import { sweepMail } from '../../intake/sweep.ts';
import { takeMail } from '../../intake/take-mail.ts';
import { openBlobStore } from '../../mail/blobs/open-blob-store.ts';
import { createSmtpReceiver } from '../../mail/inbound/smtp-receiver.ts';
import { S3_KEYS, startS3Server } from '../../mail/testing/s3-server.ts';
import type { S3Server } from '../../mail/testing/s3-server.ts';
import { openSmtpDialogue } from '../../mail/testing/smtp-dialogue.ts';
import { readConfig } from '../../runtime/config.ts';
import { testLog } from '../../runtime/logger.ts';
import { createDesk } from '../api/desk.ts';
import { startReadingApi } from '../api/reading-api.ts';
import { arrivalOf } from './letter.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';

let desk: RunningDesk;
let s3: S3Server;
const folder = mkdtempSync(join(tmpdir(), 'postkeep-bucket-'));

beforeAll(async () => {
  [desk, s3] = await Promise.all([startRunningDesk(), startS3Server()]);
});
afterAll(async () => {
  await Promise.all([desk.stop(), s3.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

/** The store that the settings of a company with a bucket give. */
const openBucket = () =>
  openBlobStore(
    readConfig({
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nowhere',
      TEMPORAL_ADDRESS: '127.0.0.1:1',
      SMTP_URL: 'smtp://127.0.0.1:1',
      POSTKEEP_SECRET: 'only for this test',
      POSTKEEP_DATA: folder,
      BLOB_STORE: s3.setting,
      AWS_ACCESS_KEY_ID: S3_KEYS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: S3_KEYS.secretAccessKey,
    }),
  );

const WITH_FILE = [
  '--b',
  'Content-Type: text/plain',
  '',
  'See the picture.',
  '--b',
  'Content-Disposition: attachment; filename="crack.txt"',
  '',
  'a crack, drawn with letters',
  '--b--',
].join('\r\n');

test('a mail waits with its sender while the bucket is away, and has its files after', async () => {
  const intake = { ...desk.intake, blobs: openBucket(), handOvers: new HandOvers(desk.database) };
  const receiver = createSmtpReceiver({
    host: '127.0.0.1',
    port: 0,
    sizeMaxBytes: 1_000_000,
    isRecipient: async () => true,
    take: async (arrival) => void (await takeMail(intake, arrival)),
    logger: testLog,
  });
  const { port } = await receiver.start();
  const contentType = 'multipart/mixed; boundary=b';
  const { raw } = arrivalOf(desk.company, { contentType, text: WITH_FILE });
  const client = await openSmtpDialogue(port);
  const say = async () => {
    await client.say('MAIL FROM:<eleanor@brightmail.test>');
    await client.say(`RCPT TO:<support@${desk.company}.test>`);
    await client.say('DATA');
    return client.say(`${raw.toString('latin1')}\r\n.`);
  };
  const mails = () => desk.in((trx) => trx('mail').where({ company: desk.company }));

  s3.trouble = 'overloaded';
  expect(await say()).toMatch(/^451 /);
  expect(await mails()).toEqual([]);

  s3.trouble = null;
  expect(await say()).toMatch(/^250 /);
  await intake.handOvers.drain();
  const [mail] = await mails();
  await desk.event(mail.ticket, 'received');
  const [file] = await desk.in((trx) => trx('attachment').where({ company: desk.company }));
  expect(file).toMatchObject({ filename: 'crack.txt', bytes: 27 });
  expect(new Set(s3.objects.keys())).toEqual(
    new Set([`desk/${mail.raw_hash}`, `desk/${file.hash}`]),
  );
  client.close();
  await receiver.stop();
});

test('a mail whose files cannot be put away is parsed again, and loses none', async () => {
  const blobs = openBucket();
  const intake = { ...desk.intake, blobs, handOvers: new HandOvers(desk.database) };
  const broken = {
    ...blobs,
    fileOf: (...about: Parameters<typeof blobs.fileOf>) => {
      const file = blobs.fileOf(...about);
      return file.finally(() => (s3.trouble = 'hangs-up'));
    },
  };
  const contentType = 'multipart/mixed; boundary=b';
  const letter = { contentType, text: WITH_FILE.replace('crack.txt', 'dent.txt') };
  const taken = { ...intake, blobs: broken };
  const [stored] = await takeMail(taken, arrivalOf(desk.company, letter));
  await intake.handOvers.drain();
  const id = stored?.row.id ?? '';
  const row = () => desk.in((trx) => trx('mail').where({ id }).first());
  expect(await row()).toMatchObject({ outcome: 'pending', message: null });

  s3.trouble = null;
  await desk.in((trx) => trx('mail').where({ id }).update('lease_until', null));
  await sweepMail(intake, 0);
  const { ticket, message } = await row();
  await desk.event(ticket, 'received');
  const files = await desk.in((trx) => trx('attachment').where({ message }));
  expect(files).toMatchObject([{ filename: 'dent.txt' }]);
});

test('the API says that it is unavailable, keeps nothing, and serves again after', async () => {
  const api = await startReadingApi(inject('databaseUrl'), 'api_bucket', { blobs: openBucket });
  const company = await createDesk(api.database, 'acme');
  const token = await api.tokenFor(company, company.anna);
  const upload = async () => {
    const form = new FormData();
    form.append('file', new Blob(['words']), 'words.txt');
    const encoded = new Response(form);
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': encoded.headers.get('content-type') ?? '',
    };
    const payload = Buffer.from(await encoded.arrayBuffer());
    const url = '/api/v1/uploads';
    const answer = await api.app.inject({ method: 'POST', url, headers, payload });
    return { status: answer.statusCode, body: answer.json() };
  };

  s3.trouble = 'overloaded';
  const refusal = await upload();
  expect([refusal.status, refusal.body.code]).toEqual([503, 'unavailable']);
  expect(await company.in((trx) => trx('attachment').select())).toEqual([]);
  s3.trouble = null;
  const { body } = await upload();
  s3.trouble = 'hangs-up';
  const away = await api.call(token, 'GET', `/attachments/${body.id}`);
  expect([away.status, away.body.code]).toEqual([503, 'unavailable']);
  s3.trouble = null;
  expect((await api.call(token, 'GET', `/attachments/${body.id}`)).text).toBe('words');
  await api.stop();
});
