import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './tree.ts';

/** What may be shipped with an MIT program without asking anything of those who run it. */
const ALLOWED = [
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'Apache-2.0 AND MIT',
  'BlueOak-1.0.0',
  'Unlicense',
  // Python's: permissive, asks only that its text is kept.
  'PSF-2.0',
  // A library that is linked when it is run, and may be replaced: it asks nothing of us.
  'LGPL-3.0-or-later',
  'Apache-2.0 AND LGPL-3.0-or-later',
  'Apache-2.0 AND LGPL-3.0-or-later AND MIT',
  // Fonts, and data of a build tool.
  'OFL-1.1',
  'CC-BY-4.0',
  // File-level copyleft: used as it is, never changed here.
  'MPL-2.0',
  '(MPL-2.0 OR Apache-2.0)',
  '(MIT OR EUPL-1.1+)',
];

/** Packages whose manifest is silent, with what their LICENSE file says. */
const READ_BY_HAND: Record<string, string> = { unionfs: 'Unlicense' };

interface Locked {
  license?: string;
  link?: boolean;
}

test('every package has a licence that asks nothing of those who run Postkeep', () => {
  const lock: { packages: Record<string, Locked> } = JSON.parse(
    readFileSync(join(ROOT, 'package-lock.json'), 'utf8'),
  );
  const refused = Object.entries(lock.packages)
    .filter(([path, { link }]) => path.includes('node_modules/') && !link)
    .map(([path, { license }]) => {
      const name = path.replace(/^.*node_modules\//, '');
      return { name, license: license ?? READ_BY_HAND[name] ?? 'none' };
    })
    .filter(({ license }) => !ALLOWED.includes(license));
  expect(refused).toEqual([]);
});

test('NOTICE names every package that asks to be named', () => {
  const notice = readFileSync(join(ROOT, 'NOTICE'), 'utf8');
  const asked = ['@fontsource-variable/inter', '@zone-eu/mailsplit', 'dompurify', 'libvips'];
  expect(asked.filter((name) => !notice.includes(name))).toEqual([]);
});
