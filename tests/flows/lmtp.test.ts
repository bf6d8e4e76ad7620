import { execFile, fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { childEnvironment } from '../../runtime/config.ts';
import { choosePorts } from '../../stack/supervisor/ports.ts';
import { withProgram } from '../with-program.ts';
import { SECRET } from './desk-worker.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';

const MAIL_IN = fileURLToPath(new URL('../../mail-in.ts', import.meta.url));
const SWAKS = '/usr/bin/swaks';

/** Why the tests with it cannot run here; null where they can. */
const noSwaks = existsSync(SWAKS) ? null : 'swaks is not installed: apt-get install swaks';

let desk: RunningDesk;
let mailIn: ChildProcess;
let port: number;

beforeAll(async () => {
  if (noSwaks !== null) return;
  desk = await startRunningDesk();
  const ports = await choosePorts('127.0.0.1', { smtp: 0, lmtp: 0 });
  port = ports.lmtp;
  const { databaseUrl, temporalAddress, namespace, smtpUrl, blobFolder } = desk.place;
  const settings = {
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
    SMTP_URL: smtpUrl,
    POSTKEEP_DATA: dirname(blobFolder),
    POSTKEEP_SECRET: SECRET,
    SMTP_PORT: String(ports.smtp),
    LMTP_PORT: String(port),
    LOG_LEVEL: 'warn',
  };
  mailIn = fork(MAIL_IN, { env: childEnvironment(settings) });
  await once(mailIn, 'message');
});
afterAll(async () => {
  if (noSwaks !== null) return;
  const exited = once(mailIn, 'exit');
  mailIn.kill('SIGTERM');
  await exited;
  await desk.stop();
});

/** What swaks says, and the number that it ends with. */
function swaks(...words: string[]): Promise<{ code: number; said: string }> {
  const server = ['--protocol', 'LMTP', '--server', '127.0.0.1', '--port', String(port)];
  return new Promise((resolve) => {
    const child = execFile(SWAKS, [...server, ...words], (_error, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, said: stdout + stderr });
    });
  });
}

withProgram(noSwaks, 'LMTP from a program of others', () => {
  test('brings a mail with a file to its ticket, stored before it is taken', async () => {
    const { code, said } = await swaks(
      ...['--from', 'eleanor@brightmail.test', '--to', `support@${desk.company}.test`],
      ...['--header', 'Subject: A lamp by LMTP', '--body', 'The shade has a crack.'],
      ...['--attach-name', 'shade.txt', '--attach-type', 'text/plain'],
      ...['--attach', 'It cracked here.'],
    );
    expect({ code, said }).toEqual({ code: 0, said: expect.stringMatching(/^<-\s+250 .*stored/m) });
    const mail = await desk.eventually(async () => {
      const row = await desk.in((trx) => trx('mail').where({ via: 'smtp' }).first());
      return row?.outcome === 'new_ticket' ? row : undefined;
    });
    expect(mail).toMatchObject({ subject: 'A lamp by LMTP', helo: null });
    const files = await desk.in((trx) => trx('attachment').where({ message: mail.message }));
    expect(files).toMatchObject([{ filename: 'shade.txt', bytes: 'It cracked here.'.length }]);
  });

  test('is answered for each recipient: one of ours is taken, the other refused', async () => {
    const { said } = await swaks(
      ...['--from', 'eleanor@brightmail.test', '--header', 'Subject: To two'],
      ...['--to', `support@${desk.company}.test,nobody@${desk.company}.test`],
    );
    expect(said).toMatch(/^<\*\*\s+550 /m);
    expect(said).toMatch(/^<-\s+250 .*stored/m);
    await desk.eventually(async () => {
      const row = await desk.in((trx) => trx('mail').where({ subject: 'To two' }).first());
      return row?.outcome === 'new_ticket' ? row : undefined;
    });
  });

  test('is refused when nobody here is meant', async () => {
    const { code, said } = await swaks('--from', 'a@b.test', '--to', `x@${desk.company}.test`);
    expect(code).not.toBe(0);
    expect(said).toMatch(/550 .*No such mailbox/);
  });
});
