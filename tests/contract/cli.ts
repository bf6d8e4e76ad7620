import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { childEnvironment } from '../../runtime/config.ts';

const RUN = fileURLToPath(new URL('../../stack/bin/run.mjs', import.meta.url));
const POSTKEEP = fileURLToPath(new URL('../../cli/postkeep.ts', import.meta.url));

export interface Said {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** What `npm run postkeep -- WORDS` does, for the product of a data folder. */
export function postkeep(folder: string, ...words: string[]): Promise<Said> {
  return run(folder, [RUN, POSTKEEP, ...words]);
}

/** The same where no product runs, with the settings that name its parts. */
export function postkeepWith(
  folder: string,
  settings: Readonly<Record<string, string>>,
  ...words: string[]
): Promise<Said> {
  return run(folder, [RUN, POSTKEEP, ...words], settings);
}

async function run(
  folder: string,
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<Said> {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: childEnvironment({ POSTKEEP_DATA: folder, LOG_LEVEL: 'warn', ...settings }),
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, stdout, stderr };
}

/**
 * The rows that a verb prints with `--json`. Each file asks for a company: the launcher is left
 * out, which takes as long as the tool itself. @throws when it did not work
 */
export async function postkeepRows(
  folder: string,
  ...words: string[]
): Promise<Record<string, unknown>[]> {
  const { code, stdout, stderr } = await run(folder, [POSTKEEP, ...words, '--json']);
  if (code !== 0) throw new Error(`postkeep ${words.join(' ')} ended with ${code}: ${stderr}`);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
