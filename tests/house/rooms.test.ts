import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, listFiles, readFiles } from './tree.ts';
import type { SourceFile } from './tree.ts';

const README_LINES_MAX = 15;
const ARCHITECTURE_LINES_MAX = 150;
/** The ticket workflow and the worker only wire: what they would decide is in domain/. */
const WIRING_LINES_MAX = 100;

const countLines = (text: string): number => text.trimEnd().split('\n').length;
const read = (path: string): SourceFile[] => readFiles((candidate) => candidate === path);

test('every room has a README of a few lines that begins with its name', () => {
  const rooms = new Set(
    listFiles()
      .filter((path) => path.includes('/') && !path.startsWith('.') && !path.startsWith('docs/'))
      .map((path) => path.split('/')[0] ?? ''),
  );
  const problems = [...rooms].flatMap((room) => {
    const readme = read(`${room}/README.md`)[0];
    if (!readme) return [`${room}/README.md is missing`];
    const lines = countLines(readme.text);
    return [
      ...(lines > README_LINES_MAX ? [`${readme.path} has ${lines} lines`] : []),
      ...(/^# \S/.test(readme.text) ? [] : [`${readme.path} does not begin with "# "`]),
    ];
  });
  expect(problems).toEqual([]);
});

test('the map of the house fits on a few pages', () => {
  for (const { text } of read('ARCHITECTURE.md')) {
    expect(countLines(text)).toBeLessThanOrEqual(ARCHITECTURE_LINES_MAX);
  }
});

test('the ticket workflow and the worker are wiring', () => {
  for (const { text } of [...read('workflows/ticket.ts'), ...read('worker.ts')]) {
    expect(countLines(text)).toBeLessThanOrEqual(WIRING_LINES_MAX);
  }
});

test('HTML of others reaches the page through one component only', () => {
  const files = readFiles((path) => path.endsWith('.svelte'));
  const raw = files.filter(({ text }) => text.includes('{@html')).map(({ path }) => path);
  expect(raw.length, raw.join(', ')).toBeLessThanOrEqual(1);
});

test('migrations are numbered without a gap and say whether they break', () => {
  const migrations = readFiles((path) => /^database\/migrations\/\d[^/]*\.ts$/.test(path)).filter(
    ({ path }) => !path.endsWith('.test.ts'),
  );
  const problems = migrations.flatMap(({ path, text }, index) => {
    const number = String(index + 1).padStart(4, '0');
    const named = new RegExp(`/${number}-[a-z0-9-]+\\.ts$`).test(path);
    return [
      ...(named ? [] : [`${path}: expected the number ${number}`]),
      ...(/^\/[/*][^\n]*(\n \*[^\n]*)?breaking/i.test(text)
        ? []
        : [`${path}: its first comment does not say "breaking" or "not breaking"`]),
    ];
  });
  expect(problems).toEqual([]);
});

test('decisions are numbered, named, and written in the same form', () => {
  const decisions = readFiles((path) => /^docs\/decisions\/.*\.md$/.test(path));
  const problems = decisions.flatMap(({ path, text }) => {
    const missing = ['# ', '## Status', '## Context', '## Decision', '## Consequences'].filter(
      (heading) => !text.split('\n').some((line) => line.startsWith(heading)),
    );
    const named = /\/\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.md$/.test(path);
    return [
      ...missing.map((heading) => `${path} has no "${heading}"`),
      ...(named ? [] : [`${path} is not named 0001-noun-phrase.md`]),
    ];
  });
  const numbers = decisions.map(({ path }) => /\/(\d{4})-/.exec(path)?.[1]);
  expect(problems).toEqual([]);
  expect(new Set(numbers).size).toBe(numbers.length);
});

test('the changelog has a place for what is not yet released', () => {
  const headings = read('CHANGELOG.md')[0]?.text.match(/^## .*$/gm) ?? [];
  expect(headings[0]).toBe('## [Unreleased]');
});

test('links between documents lead to files', () => {
  const broken = readFiles((path) => path.endsWith('.md')).flatMap(({ path, text }) =>
    linkedFiles(text)
      .filter((target) => !existsSync(join(ROOT, normalize(join(dirname(path), target)))))
      .map((target) => `${path} -> ${target}`),
  );
  expect(broken).toEqual([]);
});

test('no file names a machine or a registry', () => {
  const registry = new URL(npmRegistry()).host;
  const banned = [
    new RegExp(`\\b${registry.replaceAll('.', '\\.')}\\b`),
    /\bregistry\.(npmjs\.org|yarnpkg\.com)\b/,
    /\bproxy\.golang\.org\b/,
    /(?<![\w.])\/(work|root|home\/[a-z][\w-]*|Users\/[A-Za-z][\w-]*)\/[\w.-]/,
  ];
  const files = readFiles((path) => isText(path) && !path.startsWith('tests/house/'));
  const found = files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      const hit = banned.map((pattern) => pattern.exec(line)?.[0]).find((it) => it !== undefined);
      return hit === undefined ? [] : [`${path}:${index + 1}: ${hit}`];
    }),
  );
  expect(found).toEqual([]);
});

function isText(path: string): boolean {
  return !/\.(png|jpe?g|gif|webp|ico|woff2?|eml|gz|pdf)$/.test(path);
}

/** Targets of Markdown links that are meant to be files of this project. */
function linkedFiles(text: string): string[] {
  const withoutCode = text.replace(/```[\s\S]*?```/g, '').replace(/`[^`]*`/g, '');
  return [...withoutCode.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)]
    .map((match) => match[1] ?? '')
    .filter((target) => !/^[a-z]+:/.test(target));
}

function npmRegistry(): string {
  return execFileSync('npm', ['config', 'get', 'registry'], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}
