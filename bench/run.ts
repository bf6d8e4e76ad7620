import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { startTestStack } from '../stack/test-stack.ts';
import { benchAnswers } from './answers.ts';
import { benchCommands } from './commands.ts';
import { benchConsole } from './console.ts';
import { measureFloor } from './floor.ts';
import { benchImap } from './imap.ts';
import { benchIngest } from './ingest.ts';
import { benchParse } from './parse.ts';

const RESULTS = fileURLToPath(new URL('./results/', import.meta.url));

const benches: { [name: string]: () => Promise<object> } = {
  floor: async () => {
    const stack = await startTestStack();
    try {
      return await measureFloor(stack.temporal.address);
    } finally {
      await stack.stop();
    }
  },
  ingest: benchIngest,
  imap: benchImap,
  commands: benchCommands,
  console: benchConsole,
  parse: benchParse,
  answers: benchAnswers,
};

const args = process.argv.slice(2);
const asJson = args.includes('--json');
const name = args.find((arg) => !arg.startsWith('--')) ?? '';
const bench = benches[name];
if (bench) await run(bench);
else {
  process.stderr.write(
    `There is no bench "${name}"; there are ${Object.keys(benches).join(', ')}.\n`,
  );
  process.exitCode = 2;
}

async function run(measure: () => Promise<object>): Promise<void> {
  const figures = await measure();
  const rounded = Object.entries(figures).map(([figure, value]) => [figure, round(value)] as const);
  const result = Object.fromEntries(rounded);
  const kept = { name, at: new Date().toISOString(), cores: cpus().length, ...result };
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(`${RESULTS}${name}-${Date.now()}.json`, `${JSON.stringify(kept, null, 2)}\n`);
  process.stdout.write(asJson ? `${JSON.stringify(result)}\n` : `${table(rounded)}\n`);
}

function round(value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 100) / 100 : value;
}

function table(rows: readonly (readonly [string, unknown])[]): string {
  const width = Math.max(...rows.map(([figure]) => figure.length));
  return rows
    .map(([figure, value]) => `${figure.padEnd(width)}  ${String(value).padStart(9)}`)
    .join('\n');
}
