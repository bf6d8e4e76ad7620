import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Product, startProduct } from '../../stack/test-stack.ts';
import { type CustomersServer, startCustomersServer } from './customers-server.ts';
import { type Desk, openDesk } from './desk.ts';
import { countMails, countTimers, sentMails } from './outcome.ts';
import { isRunning, kill, killTree } from './process-tree.ts';
import { seededRandom } from './random.ts';
import { playScene, type Scene } from './scene.ts';
import { waitUntil } from './wait-until.ts';

const ALONE = ['api', 'mailIn', 'worker', 'postgres', 'temporal'] as const;
const SUPERVISOR = 'supervisor';
const EVERYTHING = 'everything';
const VICTIMS = [...ALONE, SUPERVISOR, EVERYTHING];

const MAILS_ALONE = 60;
const MAILS_EVERYTHING = 300;
const SERVERS = 10;

/** They take the sending process along, which then cannot know what the customer's server said. */
const END_THE_WORKER: string[] = ['worker', SUPERVISOR, EVERYTHING];

/** The supervisor's children notice its end by themselves. */
const ORPHANS_MS_MAX = 15_000;
/** All crashes one after the other; the first start on a machine builds the console. */
const CRASHES_MS_MAX = 400_000;
/** Leases, heartbeats and retries that were running out when the last scene ended. */
const TEST_MS_MAX = 120_000;

const seed = inject('seed');
const random = seededRandom(seed);
const scenes = new Map<string, Scene>();
let folder = '';
let customers: CustomersServer;
let product: Product;
let desk: Desk;

/** Vitest keeps what a test says apart from its results. */
const say = (line: string) => void process.stdout.write(`${line}\n`);

beforeAll(async () => {
  say(`crash: seed ${seed} (again with --sequence.seed=${seed})`);
  folder = mkdtempSync(join(tmpdir(), 'postkeep-crash-'));
  chmodSync(folder, 0o755);
  customers = await startCustomersServer(random);
  product = await startProduct({ folder, env: { SMTP_URL: customers.url } });
  desk = openDesk(product);
  for (const victim of ALONE) await play(victim, MAILS_ALONE, () => product.killPart(victim));
  await play(SUPERVISOR, MAILS_ALONE, killSupervisor);
  await play(EVERYTHING, MAILS_EVERYTHING, killEverything);
}, CRASHES_MS_MAX);

afterAll(async () => {
  await desk.close();
  await product.stop();
  await customers.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function play(
  victim: string,
  mails: number,
  crash: (dueAt: string) => Promise<void>,
): Promise<void> {
  const startedMs = Date.now();
  let downMs = 0;
  const measured = async (dueAt: string) => {
    const killedMs = Date.now();
    if (killedMs > Date.parse(dueAt)) throw new Error('the timers fired before the kill');
    await crash(dueAt);
    downMs = Date.now() - killedMs;
  };
  const options = { victim, mails, servers: SERVERS, random, customers, crash: measured };
  const scene = await playScene({ ...options, desk: () => desk, product: () => product });
  scenes.set(victim, scene);
  say(`crash: ${victim} killed, back after ${downMs} ms; ${Date.now() - startedMs} ms in all`);
}

async function killSupervisor(dueAt: string): Promise<void> {
  const pids = Object.values(product.readRun()?.processes ?? {}).filter((pid) => pid !== null);
  kill(product.run.pid);
  await waitUntil(
    'the children of the supervisor end themselves',
    () => !pids.some(isRunning) || undefined,
    ORPHANS_MS_MAX,
  );
  await startAgain(dueAt);
}

async function killEverything(dueAt: string): Promise<void> {
  await killTree(product.run.pid);
  await startAgain(dueAt);
}

/** Starts on the same folder and the same addresses, once the timers are due. */
async function startAgain(dueAt: string): Promise<void> {
  await waitUntil('the timers are due', () => Date.now() > Date.parse(dueAt) || undefined, 10_000);
  await desk.close();
  const { PORT, SMTP_PORT } = { PORT: new URL(product.url).port, SMTP_PORT: product.smtpPort };
  const env = { SMTP_URL: customers.url, PORT, SMTP_PORT: String(SMTP_PORT) };
  product = await startProduct({ folder, env });
  desk = openDesk(product);
}

function sceneOf(victim: string): Scene {
  const scene = scenes.get(victim);
  if (!scene) throw new Error(`nothing was killed as "${victim}"`);
  return scene;
}

describe.each(VICTIMS)('when %s is killed', (victim) => {
  test(
    'every mail that got its 250 is exactly one ticket',
    async () => {
      const scene = sceneOf(victim);
      const counts = await countMails(scene, desk);
      say(`crash: ${victim}: ${JSON.stringify(counts)}`);
      const all = scene.mails.length;
      expect(counts).toMatchObject({ accepted: all, once: all, lost: 0, doubled: 0 });
      expect(counts.onceInApi).toBe(all);
    },
    TEST_MS_MAX,
  );

  test(
    'timers that were due fire once',
    async () => {
      const timers = await countTimers(sceneOf(victim), desk);
      expect(timers).toEqual({ resumed: 1, reminded: 1, inTheBell: 1, solved: 1 });
    },
    TEST_MS_MAX,
  );

  test(
    'a mail that was being sent is sent once, or is marked uncertain',
    async () => {
      const sent = await sentMails(sceneOf(victim), desk, customers);
      say(`crash: ${victim}: ${sent.map((mail) => `${mail.state} ${mail.copies}`).join(', ')}`);
      // The first customer's server had not listened yet; the second had the mail.
      expect(sent.map(({ state }) => state).slice(0, 2)).toEqual([
        'sent',
        END_THE_WORKER.includes(victim) ? 'uncertain' : 'sent',
      ]);
      for (const mail of sent) {
        expect(mail.copies, mail.id).toBeLessThanOrEqual(1);
        if (mail.state === 'sent') expect(mail.copies, mail.id).toBe(1);
      }
    },
    TEST_MS_MAX,
  );
});
