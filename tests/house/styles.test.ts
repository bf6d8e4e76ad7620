import { expect, test } from 'vitest';
import { readFiles } from './tree.ts';

/** Two of one name would be one, the later: a menu once took the look of a page that is late. */
test('every animation of the console has a name of its own', () => {
  const styles = readFiles((path) => /^web\/src\/.*\.(css|svelte)$/.test(path));
  const names = styles.flatMap(({ text }) =>
    [...text.matchAll(/@keyframes ([\w-]+)/g)].map(([, name]) => name),
  );
  expect(names.length).toBeGreaterThan(3);
  expect(names).toEqual([...new Set(names)]);
});
