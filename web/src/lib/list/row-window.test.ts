import { describe, expect, it } from 'vitest';
import { rowWindow } from './row-window.ts';

const whole = true;

describe('the rows of a long list', () => {
  it('are drawn near the view only, however many there are', () => {
    expect(rowWindow(10_000, 44, { top: 0, height: 880, whole })).toEqual({ first: 0, end: 40 });
    expect(rowWindow(10_000, 44, { top: 44_000, height: 880, whole })).toEqual({
      first: 980,
      end: 1040,
    });
    const last = rowWindow(10_000, 44, { top: 439_120, height: 880, whole });
    expect(last.end).toBe(10_000);
    expect(last.end - last.first).toBeLessThan(200);
  });

  it('are drawn even while the list has shrunk below where one had scrolled to', () => {
    const { first, end } = rowWindow(200, 44, { top: 400_000, height: 880, whole });
    expect(end).toBeGreaterThan(first);
  });

  it('are all drawn where they are few', () => {
    expect(rowWindow(100, 44, { top: 4_000, height: 880, whole })).toEqual({ first: 0, end: 100 });
  });

  it('wait out of view where those in view are to be painted first', () => {
    const view = { top: 0, height: 880, whole: false };
    expect(rowWindow(100, 44, view)).toEqual({ first: 0, end: 40 });
    expect(rowWindow(100, 44, { ...view, top: 3_000 }).end).toBe(100);
  });

  it('fill a screen while they are not measured', () => {
    expect(rowWindow(10_000, 0, { top: 0, height: 0, whole })).toEqual({ first: 0, end: 20 });
  });
});
