import { expect, test } from 'vitest';
import { english } from '../../../tests/speech.ts';
import { browserName } from './browser-name.ts';

test('a browser is called by its own name, and not by those that it claims to be', () => {
  const { profile } = english.t;
  const edge = 'Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0';
  expect(browserName(edge, profile)).toBe('Edge on Windows');
  const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1';
  expect(browserName(phone, profile)).toBe('Safari on iPhone');
  expect(browserName('curl/8', profile)).toBe('Unknown browser');
});
