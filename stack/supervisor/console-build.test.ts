import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Fastify from 'fastify';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addConsole } from '../../api/plugins/console.ts';
import { listBuilds, readCurrentBuild } from '../../runtime/built-console.ts';
import { ensureConsole } from './console-build.ts';

const OLD = '00000000000000aa';
const [NEW, NEWER, NEWEST] = ['00000000000000bb', '00000000000000cc', '00000000000000dd'];

/** What a build has: the entry, and files that pages ask for when they need them. */
const HANDLER = `
import { readFileSync } from 'node:fs';
export function handler(request, response, next) {
  try {
    response.end(readFileSync(new URL('./client' + request.url, import.meta.url)));
  } catch {
    next();
  }
}
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postkeep-console-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

let running = 0;
let runningMost = 0;
let made: string[] = [];
beforeEach(() => {
  [running, runningMost, made] = [0, 0, []];
});

async function build(name: string, trouble: string | null = null): Promise<void> {
  await ensureConsole({
    folder,
    name,
    log: pino({ level: 'silent' }),
    progress: () => {},
    make: async (into) => {
      running += 1;
      runningMost = Math.max(runningMost, running);
      expect(readdirSync(into)).toEqual([]);
      writeFileSync(join(into, 'handler.js'), HANDLER);
      // Another build would come in here, were it not kept out.
      await sleep(5);
      mkdirSync(join(into, 'client'));
      writeFileSync(join(into, 'client', `${name}.js`), `the page of ${name}`);
      made.push(name);
      running -= 1;
      return trouble;
    },
  });
}

async function serve() {
  const api = Fastify();
  await addConsole(api, folder);
  return async (path: string) => {
    const { statusCode, body } = await api.inject({ url: path });
    return statusCode === 200 ? body : statusCode;
  };
}

test('a page finds its files while newer builds are made, until its API has ended', async () => {
  await build(OLD);
  const get = await serve();
  for (const name of [NEW, NEWER, NEWEST]) await build(name);
  expect(await get(`/${OLD}.js`)).toBe(`the page of ${OLD}`);
  expect(await get(`/${NEWEST}.js`)).toBe(404);
  const later = await serve();
  expect(await later(`/${NEWEST}.js`)).toBe(`the page of ${NEWEST}`);
});

test('builds that nobody serves go, but for the newest two', async () => {
  for (const name of [OLD, NEW, NEWER]) await build(name);
  await build(NEW);
  await build(NEWEST);
  expect(listBuilds(folder).sort()).toEqual([NEW, NEWEST].sort());
});

test('what a dead process served goes too', async () => {
  await build(OLD);
  writeFileSync(join(folder, 'served-by-99999999'), OLD);
  for (const name of [NEW, NEWER]) await build(name);
  expect(listBuilds(folder).sort()).toEqual([NEW, NEWER].sort());
  expect(existsSync(join(folder, 'served-by-99999999'))).toBe(false);
});

test('a process that serves clears away what dead ones left', async () => {
  await build(OLD);
  writeFileSync(join(folder, 'served-by-99999999'), OLD);
  await serve();
  const marks = readdirSync(folder).filter((file) => file.startsWith('served-by-'));
  expect(marks).toEqual([`served-by-${process.pid}`]);
});

test('two builds of the same sources at once are one', async () => {
  await Promise.all([build(NEW), build(NEW)]);
  expect(made).toEqual([NEW]);
  expect(readCurrentBuild(folder)).toBe(NEW);
});

test('two builds of different sources at once do not disturb each other', async () => {
  await Promise.all([build(OLD), build(NEW)]);
  expect(runningMost).toBe(1);
  expect(listBuilds(folder).sort()).toEqual([OLD, NEW].sort());
});

test('a build that is there is used as it is', async () => {
  for (const name of [OLD, NEW, OLD]) await build(name);
  expect(made).toEqual([OLD, NEW]);
  expect(readCurrentBuild(folder)).toBe(OLD);
});

test('a build that failed leaves the one before it, and is tried again', async () => {
  await build(OLD);
  await expect(build(NEW, 'Unexpected token')).rejects.toThrow(/Unexpected token/);
  expect([listBuilds(folder), readCurrentBuild(folder)]).toEqual([[OLD], OLD]);
  await build(NEW);
  expect(readCurrentBuild(folder)).toBe(NEW);
});

test('an API without a build answers that there is no page', async () => {
  expect(await (await serve())('/login')).toBe(404);
});
