import fc from 'fast-check';
import { expect, test } from 'vitest';

import { ACCENT_COLOR, accentColors, contrast } from './accent-color.ts';

const colors = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`);

test('contrast is counted as WCAG does', () => {
  expect(contrast('#ffffff', '#000000')).toBe(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

test('whatever is chosen, its words are readable on light and on dark pages', () => {
  fc.assert(
    fc.property(colors, (chosen) => {
      const { light, dark } = accentColors(chosen);
      for (const look of [light, dark]) {
        expect(contrast(look.onSolid, look.solid)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(look.onSolid, look.solidHover)).toBeGreaterThanOrEqual(4.5);
        for (const color of Object.values(look)) expect(color).toMatch(new RegExp(ACCENT_COLOR));
      }
      expect(contrast(light.text, '#ffffff')).toBeGreaterThanOrEqual(4.5);
      expect(contrast(light.text, '#eef2f2')).toBeGreaterThanOrEqual(4.5);
      expect(contrast(dark.text, '#16191a')).toBeGreaterThanOrEqual(4.5);
      expect(contrast(dark.solid, '#2c3234')).toBeGreaterThanOrEqual(3);
    }),
  );
});

test('a color that is readable as it is stays as it is', () => {
  expect(accentColors('#1F4FA3').light).toMatchObject({ text: '#1f4fa3', solid: '#1f4fa3' });
  expect(accentColors('#FFD400').light).toMatchObject({ solid: '#ffd400', onSolid: '#000000' });
});
