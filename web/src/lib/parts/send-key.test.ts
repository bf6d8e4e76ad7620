import { expect, it } from 'vitest';
import { sendKeys } from './send-key.ts';

it('names the key that the keyboard has', () => {
  expect(sendKeys('MacIntel')).toBe('⌘↵');
  expect(sendKeys('Win32')).toBe('Ctrl ↵');
  expect(sendKeys('Linux x86_64')).toBe('Ctrl ↵');
});
