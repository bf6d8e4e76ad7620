import type { ArchivedMail } from '../../intake/import-mails.ts';
import { openMbox } from '../../mail/mbox.ts';
import type { Mbox } from '../../mail/mbox.ts';
import { readConfig } from '../../runtime/config.ts';
import { destinationOf, runImport } from './import-tools.ts';
import { readWords, UsageError, wordAt } from './verb.ts';
import type { Verb } from './verb.ts';

export const importMbox: Verb = {
  name: 'import-mbox',
  summary: 'Import the mails of an mbox file; nothing is sent, and importing again adds nothing',
  usage: ['FILE --mailbox ADDRESS [--leave-new]'],
  run: async (words, tools) => {
    const given = readWords(words, { options: ['mailbox'], flags: ['leave-new'] });
    const path = wordAt(given.words, 0, 'the mbox file');
    const config = readConfig();
    const destination = await destinationOf(tools, given.need('mailbox'), given.flag('leave-new'));
    const mbox = await openMbox(path).catch((error: unknown) => {
      throw new UsageError(error instanceof Error ? error.message : String(error));
    });
    try {
      const mails = mailsOf(mbox, config.mailBytesMax);
      await runImport(tools, config, destination, mails, mbox.entries.length);
    } finally {
      await mbox.close();
    }
  },
};

async function* mailsOf(mbox: Mbox, bytesMax: number): AsyncGenerator<ArchivedMail> {
  for (const entry of mbox.entries) {
    const raw = await mbox.read(entry, bytesMax);
    const isCut = entry.bytes > bytesMax;
    yield {
      name: `mail ${entry.place}`,
      raw,
      bytes: isCut ? entry.bytes : raw.length,
      archivedAt: entry.date,
    };
  }
}
