import { createDatabase } from '../database/client.ts';
import type { Database } from '../database/client.ts';
import { RefusedError } from '../domain/errors.ts';
import { readDatabaseUrl } from '../runtime/config.ts';
import { cliLog } from '../runtime/logger.ts';
import { StartError } from '../runtime/start-error.ts';
import { agent } from './verbs/agent.ts';
import { company } from './verbs/company.ts';
import { doctor } from './verbs/doctor.ts';
import { importArticles } from './verbs/import-articles.ts';
import { importImap } from './verbs/import-imap.ts';
import { importMbox } from './verbs/import-mbox.ts';
import { mailbox } from './verbs/mailbox.ts';
import { migrate } from './verbs/migrate.ts';
import { rebuildProjection } from './verbs/rebuild-projection.ts';
import { resealSecrets } from './verbs/reseal-secrets.ts';
import { token } from './verbs/token.ts';
import { UsageError } from './verbs/verb.ts';
import type { Tools, Verb } from './verbs/verb.ts';

const verbs: readonly Verb[] = [
  ...[company, agent, mailbox, token],
  ...[importMbox, importImap, importArticles],
  ...[migrate, rebuildProjection, resealSecrets, doctor],
];

/** Tools do one thing after the other. */
const POOL_MAX = 2;

/** As other programs say it: 1 did not work, 2 was asked wrongly. */
const FAILED = 1;
const ASKED_WRONGLY = 2;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

/** `npm run postkeep -- VERB …`: the admin tool. It writes to the database, past the API. */
async function main(): Promise<void> {
  const [name, ...words] = process.argv.slice(2);
  if (name === undefined || name === 'help' || name === '--help') return print(help());
  const verb = verbs.find((one) => one.name === name);
  if (!verb) {
    complain(`There is no "${name}".\n\n${help()}`);
    process.exitCode = ASKED_WRONGLY;
    return;
  }
  if (words.includes('--help')) return print(usageOf(verb));
  let opened: Database | null = null;
  const tools: Tools = {
    print,
    databaseUrl: readDatabaseUrl,
    database: () => (opened ??= createDatabase(readDatabaseUrl(), { poolMax: POOL_MAX })),
  };
  try {
    await verb.run(words, tools);
  } catch (error) {
    explain(error, verb);
  } finally {
    await close(opened);
  }
}

async function close(database: Database | null): Promise<void> {
  await database?.close();
}

function explain(error: unknown, verb: Verb): void {
  if (error instanceof UsageError) {
    complain(`${error.message}\n\n${usageOf(verb)}`);
    process.exitCode = ASKED_WRONGLY;
    return;
  }
  process.exitCode = FAILED;
  if (error instanceof RefusedError || error instanceof StartError) complain(error.message);
  else cliLog.error({ err: error }, `${verb.name} did not work`);
}

function usageOf(verb: Verb): string {
  const lines = verb.usage.map((usage) => `  npm run postkeep -- ${verb.name} ${usage}`.trimEnd());
  return [verb.summary, '', ...lines].join('\n');
}

function help(): string {
  const width = Math.max(...verbs.map(({ name }) => name.length));
  const lines = verbs.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return ['npm run postkeep -- VERB … (VERB --help says more)', '', ...lines].join('\n');
}

await main();
