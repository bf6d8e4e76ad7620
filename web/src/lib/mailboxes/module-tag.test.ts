import { expect, test } from 'vitest';
import { moduleTag } from './module-tag.ts';

test('the module is one tag, whatever is in the address', () => {
  const { page, tag } = moduleTag('https://desk.test', '"a b"+c@acme.test');
  expect(page).toBe('https://desk.test/contact/%22a%20b%22%2Bc%40acme.test');
  expect(tag).toBe(
    '<script src="https://desk.test/support.js" ' +
      'data-mailbox="&quot;a b&quot;+c@acme.test"></script>',
  );
});
