import { readFile } from 'node:fs/promises';

import { keptTokens, readServer } from '../../database/queries/mailbox-servers.ts';
import type { ArchivedMail } from '../../intake/import-mails.ts';
import { openImapSession } from '../../mail/inbound/imap-session.ts';
import type { ImapSession, ListedMail } from '../../mail/inbound/imap-session.ts';
import { TOO_LARGE_HEAD_BYTES } from '../../mail/limits.ts';
import { openServer } from '../../mail/servers/mail-server.ts';
import type { MailServer } from '../../mail/servers/mail-server.ts';
import { readConfig } from '../../runtime/config.ts';
import type { Config } from '../../runtime/config.ts';
import { createSealer } from '../../runtime/sealed-secrets.ts';
import { destinationOf, runImport } from './import-tools.ts';
import type { Destination } from './import-tools.ts';
import { readWords, UsageError } from './verb.ts';
import type { Tools, Verb } from './verb.ts';

const IMAPS_PORT = 993;
const tlsModes = ['implicit', 'starttls', 'none'] as const;

export const importImap: Verb = {
  name: 'import-imap',
  summary: 'Import folders of an IMAP account, and change nothing there; again adds nothing',
  usage: [
    '--mailbox ADDRESS [--folder FOLDER]... [--leave-new]      (by the mailbox’s own settings)',
    '--mailbox ADDRESS --host HOST [--port PORT] [--tls implicit|starttls|none] --login LOGIN' +
      ' --password-file FILE [--any-certificate] [--folder FOLDER]... [--leave-new]',
  ],
  run: async (words, tools) => {
    const given = readWords(words, {
      options: ['mailbox', 'host', 'port', 'tls', 'login', 'password-file'],
      lists: ['folder'],
      flags: ['leave-new', 'any-certificate'],
    });
    const config = readConfig();
    const destination = await destinationOf(tools, given.need('mailbox'), given.flag('leave-new'));
    const host = given.option('host');
    const server =
      host === undefined
        ? await ownServer(tools, config, destination)
        : await namedServer(given, host);
    const named = given.all('folder');
    for (const folder of named.length === 0 ? ['INBOX'] : named) {
      tools.print(`folder "${folder}"`);
      await importFolder(tools, config, destination, { server, folder });
    }
  },
};

async function namedServer(given: ReturnType<typeof readWords>, host: string): Promise<MailServer> {
  const tls = tlsModes.find((mode) => mode === (given.option('tls') ?? 'implicit'));
  if (!tls) throw new UsageError(`--tls is none of ${tlsModes.join(', ')}`);
  const password = (await readFile(given.need('password-file'), 'utf8')).trimEnd();
  return {
    host,
    port: Number(given.option('port') ?? IMAPS_PORT),
    tls,
    anyCertificate: given.flag('any-certificate'),
    login: { user: given.need('login'), password },
  };
}

async function ownServer(
  tools: Tools,
  config: Config,
  { company, mailbox }: Destination,
): Promise<MailServer> {
  const database = tools.database();
  const settings = await database.withCompany(company, (trx) => readServer(trx, mailbox, 'in'));
  if (!settings) throw new UsageError('the mailbox is not read by IMAP: give --host and --login');
  const sealer = createSealer(config.secret, config.oldSecrets);
  return openServer(settings, sealer, keptTokens(database, settings));
}

async function importFolder(
  tools: Tools,
  config: Config,
  destination: Destination,
  { server, folder }: { server: MailServer; folder: string },
): Promise<void> {
  const session = await openImapSession(server, folder, { readOnly: true });
  try {
    const listed = await session.list(0);
    const inOrder = listed.toSorted((a, b) => a.arrivedAt.getTime() - b.arrivedAt.getTime());
    const mails = mailsOf(session, inOrder, config.mailBytesMax);
    await runImport(tools, config, destination, mails, inOrder.length);
  } finally {
    await session.close();
  }
}

async function* mailsOf(
  session: ImapSession,
  listed: readonly ListedMail[],
  bytesMax: number,
): AsyncGenerator<ArchivedMail> {
  for (const { uid, bytes, arrivedAt } of listed) {
    const raw =
      bytes > bytesMax
        ? await session.fetchHead(uid, TOO_LARGE_HEAD_BYTES)
        : (await session.fetch([uid])).get(uid);
    if (!raw) continue;
    yield {
      name: `UID ${uid}`,
      raw,
      bytes: bytes > bytesMax ? bytes : raw.length,
      archivedAt: arrivedAt,
    };
  }
}
