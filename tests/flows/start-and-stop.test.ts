import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Product, startProduct } from '../../stack/test-stack.ts';
import { findLeftovers } from '../runner/leftovers.ts';

/** The first start may build the console. */
const START_MS_MAX = 120_000;
/** Each test stops or kills whole products. */
const TEST_MS_MAX = 60_000;

let folder = '';
let product: Product;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'postkeep-start-'));
  chmodSync(folder, 0o755);
  product = await startProduct({ folder });
}, START_MS_MAX);
afterAll(async () => {
  await product.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Every process of the product carries its data folder in its environment. */
const left = () => findLeftovers(`POSTKEEP_DATA=${folder}`, 15_000);

test('a started product answers, and run.json says where', async () => {
  const health = await fetch(`${product.url}/healthz`);
  expect(health.status).toBe(200);
  expect((await fetch(`${product.catcherUrl}/api/mails`)).status).toBe(200);
  expect(product.output()).toContain('Postkeep is ready');
  const credentials = JSON.parse(readFileSync(join(folder, 'credentials.json'), 'utf8'));
  expect(credentials.apiToken).toEqual(expect.any(String));
});

test('a second start from the same folder is refused and says why', async () => {
  await expect(startProduct({ folder })).rejects.toThrow(
    `Postkeep already runs from ${folder} (process ${product.run.pid})`,
  );
});

test('a taken port is refused with the variable to change', async () => {
  const port = new URL(product.url).port;
  await expect(startProduct({ env: { PORT: port } })).rejects.toThrow(
    `port ${port} is taken by another program: set PORT to another port`,
  );
});

test(
  'each part that is killed is started again',
  async () => {
    for (const name of ['api', 'worker', 'mailIn', 'postgres', 'temporal', 'catcher'] as const) {
      await product.killPart(name);
    }
    expect((await fetch(`${product.url}/healthz`)).status).toBe(200);
  },
  TEST_MS_MAX,
);

test(
  'a killed process group leaves nothing behind, and the next start recovers',
  async () => {
    await product.kill();
    expect(await left()).toEqual([]);
    product = await startProduct({ folder });
    expect((await fetch(`${product.url}/healthz`)).status).toBe(200);
  },
  TEST_MS_MAX,
);

test(
  'a start right after a kill waits for what is left instead of failing',
  async () => {
    await product.kill();
    product = await startProduct({ folder });
    expect((await fetch(`${product.url}/healthz`)).status).toBe(200);
  },
  TEST_MS_MAX,
);

test(
  'Ctrl-C stops everything, leaves nothing behind and ends with code 0',
  async () => {
    expect(await product.stop()).toBe(0);
    expect(await left()).toEqual([]);
    expect(product.readRun()).toBeNull();
  },
  TEST_MS_MAX,
);
