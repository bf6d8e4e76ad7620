import { parseArgs } from 'node:util';

import type { Database } from '../../database/client.ts';
import { listCompanyIds } from '../../database/queries/companies.ts';
import { normaliseAddress } from '../../mail/address.ts';

/** One word of `npm run postkeep --`. */
export interface Verb {
  name: string;
  summary: string;
  /** Each way to call it, without the verb itself. */
  usage: readonly string[];
  run(words: readonly string[], tools: Tools): Promise<void>;
}

export interface Tools {
  /** Opened by the first verb that asks, and closed when it is done. */
  database(): Database;
  databaseUrl(): string;
  /** A line for the person or script who asked. */
  print(line: string): void;
}

/** In the audit log: whoever has the machine, signed in as nobody. */
export const byTool = { actor: null, way: 'tool' } as const;

/** The words were wrong: the usage is shown beside the message. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

interface Given {
  /** The words without a name, after the ones that choose what to do. */
  words: string[];
  option(name: string): string | undefined;
  /** @throws UsageError when it is missing */
  need(name: string): string;
  /** An option that may be given several times. */
  all(name: string): string[];
  flag(name: string): boolean;
}

/** Reads `--name value`, `--flag` and plain words; anything else is refused by name. */
export function readWords(
  words: readonly string[],
  allowed: { options?: readonly string[]; lists?: readonly string[]; flags?: readonly string[] },
): Given {
  const { options = [], lists = [], flags = [] } = allowed;
  const types: OptionTypes = {};
  for (const name of options) types[name] = { type: 'string' };
  for (const name of lists) types[name] = { type: 'string', multiple: true };
  for (const name of flags) types[name] = { type: 'boolean' };
  const { values, positionals } = parse([...words], types);
  const option = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    words: positionals,
    option,
    need: (name) => {
      const value = option(name);
      if (value === undefined || value === '') throw new UsageError(`--${name} is missing`);
      return value;
    },
    all: (name) => {
      const value = values[name];
      return Array.isArray(value) ? value.map(String) : [];
    },
    flag: (name) => values[name] === true,
  };
}

type OptionTypes = { [name: string]: { type: 'string' | 'boolean'; multiple?: boolean } };

function parse(args: string[], options: OptionTypes) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The word at a place. @throws UsageError that names what is missing */
export function wordAt(words: readonly string[], index: number, what: string): string {
  const word = words[index];
  if (word === undefined || word === '') throw new UsageError(`${what} is missing`);
  return word;
}

/** A mail address as it is stored. @throws UsageError */
export function readEmail(text: string): string {
  const address = normaliseAddress(text);
  if (address === null) throw new UsageError(`"${text}" is no mail address`);
  return address;
}

/** The company that is meant: the given one, or the only one. @throws UsageError */
export async function chooseCompany(
  database: Database,
  given: string | undefined,
): Promise<string> {
  const known = await listCompanyIds(database);
  const [only] = known;
  if (given === undefined && known.length === 1 && only !== undefined) return only;
  if (given !== undefined && known.includes(given)) return given;
  const choice = known.length === 0 ? 'there is none yet' : `give one of ${known.join(', ')}`;
  throw new UsageError(
    given === undefined ? `--company is missing: ${choice}` : `no company "${given}": ${choice}`,
  );
}

/** Rows under each other, for people; with `json` one object a line, for scripts. */
export function printRows(
  tools: Tools,
  rows: readonly { [column: string]: unknown }[],
  json: boolean,
): void {
  if (json) {
    for (const row of rows) tools.print(JSON.stringify(row));
    return;
  }
  const [first] = rows;
  if (!first) return tools.print('(none)');
  const columns = Object.keys(first);
  const cells = [columns, ...rows.map((row) => columns.map((column) => cell(row[column])))];
  const widths = columns.map((_, index) =>
    Math.max(...cells.map((line) => (line[index] ?? '').length)),
  );
  for (const line of cells) {
    tools.print(
      line
        .map((text, index) => text.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
