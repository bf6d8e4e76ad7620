import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { workflowBundlePath } from '../../runtime/workflow-bundle.ts';
import { quietTemporal } from '../flows/desk-worker.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const HISTORIES = fileURLToPath(new URL('./histories/', import.meta.url));

/** Where packages are found from, and Git does not look. */
const CHANGED = join(ROOT, 'dist', `changed-${process.pid}`);

const names = readdirSync(HISTORIES).filter((name) => name.endsWith('.json'));

// What a changed workflow is told by is in the error that the test looks at.
quietTemporal('ERROR');

function historyOf(name: string) {
  return historyFromJSON(JSON.parse(readFileSync(join(HISTORIES, name), 'utf8')));
}

async function replay(code: string, name: string): Promise<void> {
  await Worker.runReplayHistory({ workflowBundle: { code } }, historyOf(name));
}

describe('the workflows of today', () => {
  let code: string;
  beforeAll(async () => {
    code = readFileSync(await workflowBundlePath(), 'utf8');
  });

  test.each(names)('replay %s, which was recorded from a real run', async (name) => {
    await expect(replay(code, name)).resolves.toBeUndefined();
  });

  test('have histories of many lives to replay: of runs that ended, went on, or run', () => {
    const last = names.map((name) => historyOf(name).events?.at(-1));
    const ends = last.map((event) => {
      if (event?.workflowExecutionCompletedEventAttributes) return 'ended';
      return event?.workflowExecutionContinuedAsNewEventAttributes ? 'continued' : 'running';
    });
    expect(new Set(ends)).toEqual(new Set(['ended', 'continued', 'running']));
  });
});

describe('a workflow that was changed without a patch is caught', () => {
  afterAll(() => rmSync(CHANGED, { recursive: true, force: true }));

  /** Bundles a copy of the workflows with one change. */
  async function bundleChanged(file: string, from: string, to: string): Promise<string> {
    rmSync(CHANGED, { recursive: true, force: true });
    mkdirSync(CHANGED, { recursive: true });
    for (const room of ['workflows', 'domain', 'activities']) {
      cpSync(join(ROOT, room), join(CHANGED, room), { recursive: true });
    }
    const path = join(CHANGED, file);
    const source = readFileSync(path, 'utf8');
    expect(source).toContain(from);
    writeFileSync(path, source.replace(from, to));
    const { code } = await bundleWorkflowCode({
      workflowsPath: join(CHANGED, 'workflows', 'ticket.ts'),
      payloadConverterPath: join(CHANGED, 'workflows', 'payload-converter.ts'),
      workflowInterceptorModules: [join(CHANGED, 'workflows', 'interceptors.ts')],
      logger: new DefaultLogger('ERROR'),
    });
    return code;
  }

  const changes: [string, string, string, string][] = [
    ['asks for less', 'workflows/ticket.ts', 'visibility.show(state);', ''],
    [
      'asks for more',
      'workflows/timers.ts',
      'await sleep(waitMs);',
      'await sleep(1); await sleep(waitMs);',
    ],
    [
      'asks in another order',
      'workflows/ticket.ts',
      'timers.arm(state);\n      sends.start(state);',
      'sends.start(state);\n      visibility.show(state);\n      timers.arm(state);',
    ],
    [
      'decides otherwise',
      'domain/ticket/armed.ts',
      'if (callback) timers',
      'if (!callback) timers',
    ],
  ];

  test.each(changes)('because it %s', async (_, file, from, to) => {
    const code = await bundleChanged(file, from, to);
    const replays = names.map(async (name) =>
      replay(code, name).then(
        () => null,
        (error: unknown) => error,
      ),
    );
    const errors = (await Promise.all(replays)).filter((error) => error !== null);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.some((error) => error instanceof DeterminismViolationError)).toBe(true);
  });
});
