import { describe, expect, test } from 'vitest';
import { looseTexts } from './loose-text.ts';
import { readFiles } from './tree.ts';

/** Of the console, where people read; the message files are where its texts belong. */
function isConsole(path: string): boolean {
  if (!path.startsWith('web/src/') || path.startsWith('web/src/lib/i18n/')) return false;
  return /\.(svelte|ts)$/.test(path) && !path.endsWith('.test.ts');
}

describe('texts of the console', () => {
  test.each([
    ['a.svelte', '<p>Hello there</p>'],
    ['a.svelte', '<button aria-label="Close">x</button>'],
    ['a.svelte', '<Field hint="Only agents" />'],
    ['a.svelte', '<p title="{count} tickets"></p>'],
    ['a.svelte', "<p>{open ? 'Yes' : t.no}</p>"],
    ['a.svelte', '<p>{`Sent by ${name}`}</p>'],
    ['a.svelte', '<script lang="ts">const word = \'Not sent\';</script>'],
    ['a.ts', "show({ text: 'It has left already.' });"],
    ['a.ts', 'const word = `Ticket ${number}`;'],
  ])('are found where they are loose: %s %s', (path, text) => {
    expect(looseTexts({ path, text })).toHaveLength(1);
  });

  test.each([
    ['a.svelte', '<p class="btn quiet">{t.list.title} · Postkeep</p>'],
    ['a.svelte', '<kbd>C</kbd><Icon name="s-open" tone="s-open" />'],
    ['a.svelte', "<a class={on ? 'btn primary' : 'btn'} href=\"/open\">#{number}</a>"],
    [
      'a.ts',
      "import { Dates } from './dates.ts';\nif (key === 'Enter') throw new Error('No such key');",
    ],
    ['a.ts', "fetch('/api/v1/tickets', { headers: { accept: 'application/json' } });"],
  ])('are not seen where there are none: %s %s', (path, text) => {
    expect(looseTexts({ path, text })).toEqual([]);
  });

  test('stand in message files', () => {
    const files = readFiles(isConsole);
    const loose = files.flatMap((file) =>
      looseTexts(file).map((problem) => `${file.path} ${problem}`),
    );
    expect(loose).toEqual([]);
  });
});
