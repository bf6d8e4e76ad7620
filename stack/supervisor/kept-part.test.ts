import { expect, test, vi } from 'vitest';
import { testLog } from '../../runtime/logger.ts';
import { keepRunning, type PartDefinition } from './kept-part.ts';

/** A part whose lives are ended by hand; its process id counts them. */
function handMadePart(failing: readonly number[] = []) {
  const ends: ((how: string) => void)[] = [];
  const part: PartDefinition = {
    name: 'api',
    start: () => {
      const life = ends.length + 1;
      let end: (how: string) => void = () => undefined;
      const exited = new Promise<string>((resolve) => {
        end = resolve;
      });
      ends.push(end);
      if (failing.includes(life)) return Promise.reject(new Error('cannot start'));
      return Promise.resolve({
        pid: life,
        exited,
        stop: () => {
          end('ended with code 0');
          return Promise.resolve();
        },
      });
    },
  };
  return { part, ends };
}

function options(onChange: () => void = () => undefined) {
  return { log: testLog, signal: new AbortController().signal, onChange };
}

test('a part that ends is started again, and each change is told', async () => {
  const { part, ends } = handMadePart();
  const onChange = vi.fn();
  const kept = await keepRunning(part, options(onChange));
  expect(kept.running()?.pid).toBe(1);
  ends[0]?.('was killed by SIGKILL');
  await vi.waitFor(() => expect(kept.running()?.pid).toBe(2));
  expect(onChange.mock.calls.length).toBeGreaterThanOrEqual(3);
  await kept.stop();
});

test('a restart that fails is tried again', async () => {
  const { part, ends } = handMadePart([2, 3]);
  const kept = await keepRunning(part, options());
  ends[0]?.('ended with code 1');
  await vi.waitFor(() => expect(kept.running()?.pid).toBe(4), { timeout: 3_000 });
  await kept.stop();
});

test('a first start that fails is not tried again', async () => {
  const { part, ends } = handMadePart([1]);
  await expect(keepRunning(part, options())).rejects.toThrow('cannot start');
  expect(ends.length).toBe(1);
});

test('a stopped part stays stopped', async () => {
  const { part, ends } = handMadePart();
  const kept = await keepRunning(part, options());
  await kept.stop();
  expect(kept.running()).toBeNull();
  expect(ends.length).toBe(1);
});

test('a restart that was asked for does not wait', async () => {
  const { part } = handMadePart();
  const kept = await keepRunning(part, options());
  await kept.restart();
  await vi.waitFor(() => expect(kept.running()?.pid).toBe(2), { timeout: 90 });
  await kept.stop();
});
