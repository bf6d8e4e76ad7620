import { matchesGlob } from 'node:path';
import { expect, test } from 'vitest';
import config from '../../vitest.config.ts';
import { listFiles } from './tree.ts';

test('every test file belongs to exactly one project of vitest.config.ts, so that it runs', () => {
  const projects = (config.test?.projects ?? []).flatMap((project) => {
    const isInline = typeof project === 'object' && 'test' in project;
    return isInline ? [project.test?.include ?? []] : [];
  });
  expect(projects.length).toBeGreaterThan(1);
  const strays = listFiles()
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => {
      const homes = projects.filter((globs) => globs.some((glob) => matchesGlob(path, glob)));
      return { path, projects: homes.length };
    })
    .filter(({ projects: count }) => count !== 1);
  expect(strays).toEqual([]);
});
