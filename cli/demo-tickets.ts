import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { cliLog } from '../runtime/logger.ts';
import { readCredentials } from './credentials.ts';
import { DeskClient } from './demo/desk-client.ts';
import { englishStories } from './demo/english-stories.ts';
import { createPostman } from './demo/postman.ts';
import { demoAgents } from './demo/people.ts';
import type { DemoActor, DemoIds, DemoStory } from './demo/story.ts';
import { swedishStories } from './demo/swedish-stories.ts';
import { tellStory } from './demo/tell-story.ts';
import { demoTicketsMark } from './first-run.ts';

export interface DemoTicketsInput {
  /** Of the API, such as http://127.0.0.1:3000. */
  url: string;
  /** Of an admin. */
  apiToken: string;
  smtp: { host: string; port: number };
  /** Ends it in the middle; the next try goes on from there. */
  signal?: AbortSignal;
}

const DAY_MS = 86_400_000;
const TOKEN_NAME = 'Demo tickets';

/**
 * Lets the demo's customers write and its agents answer, through mail and HTTP as everybody does.
 * What an earlier try has done is not done again.
 */
export async function seedDemoTickets(input: DemoTicketsInput): Promise<void> {
  const { url, apiToken, signal = new AbortController().signal } = input;
  const admin = new DeskClient(url, apiToken, signal);
  const ids = await readIds(admin);
  const tokens = await lendTokens(admin, ids);
  const desk = {
    anna: admin,
    bo: new DeskClient(url, tokens.bo.token, signal),
    sara: new DeskClient(url, tokens.sara.token, signal),
  };
  const postman = createPostman(input.smtp);
  try {
    const [mailbox] = await admin.list('/mailboxes');
    const address = mailbox?.address;
    if (typeof address !== 'string') throw new Error('the demo needs a mailbox to write to');
    for (const story of stories(ids, Date.now())) {
      await tellStory(story, { desk, postman, mailbox: address, signal });
    }
  } finally {
    postman.close();
  }
  for (const { id } of [tokens.bo, tokens.sara]) await admin.call('DELETE', `/tokens/${id}`);
}

/**
 * The same for a data folder whose first run left demo tickets to do; else nothing. For
 * `npm start`, which calls it in the background: a failure is logged, and tried at the next start.
 */
export async function seedDemoTicketsOnce(
  input: Omit<DemoTicketsInput, 'apiToken'> & { dataFolder: string },
): Promise<void> {
  const { dataFolder, ...reach } = input;
  const mark = demoTicketsMark(dataFolder);
  const credentials = readCredentials(join(dataFolder, 'credentials.json'));
  if (!existsSync(mark) || credentials === null) return;
  try {
    await seedDemoTickets({ ...reach, apiToken: credentials.apiToken });
    rmSync(mark, { force: true });
    cliLog.info('the demo tickets are made');
  } catch (error) {
    if (input.signal?.aborted) return;
    cliLog.warn({ err: error }, 'the demo tickets are not complete; the next start goes on');
  }
}

/** Both languages in turn, as they come in at a real desk. */
function stories(ids: DemoIds, now: number): DemoStory[] {
  const date = (days: number, hour: number): string => {
    const day = new Date(now + days * DAY_MS).toISOString().slice(0, 10);
    return `${day}T${String(hour).padStart(2, '0')}:00:00.000Z`;
  };
  const swedish = swedishStories(ids, date);
  return englishStories(ids, date).flatMap((story, index) => [
    story,
    ...swedish.slice(index, index + 1),
  ]);
}

async function readIds(admin: DeskClient): Promise<DemoIds> {
  const me = await admin.me();
  const agents = await admin.list('/agents');
  const teams = await admin.list('/teams');
  const idOf = (
    items: { id: string; [field: string]: unknown }[],
    field: string,
    value: string,
  ) => {
    const found = items.find((item) => item[field] === value);
    if (!found) throw new Error(`the demo needs "${value}", which somebody took away`);
    return found.id;
  };
  const agent = (name: DemoActor): string => {
    const email = demoAgents.find((one) => one.email.startsWith(`${name}@`))?.email ?? '';
    return idOf(agents, 'email', email);
  };
  return {
    agents: { anna: me.agent.id, bo: agent('bo'), sara: agent('sara') },
    teams: {
      Support: idOf(teams, 'name', 'Support'),
      Billing: idOf(teams, 'name', 'Billing'),
    },
  };
}

/** What Bo and Sara do is put down to them; their tokens live as long as this takes. */
async function lendTokens(admin: DeskClient, ids: DemoIds) {
  const left = (await admin.list('/tokens')).filter(({ name }) => name === TOKEN_NAME);
  for (const { id } of left) await admin.call('DELETE', `/tokens/${id}`);
  const lend = (agent: string) => admin.makeToken(TOKEN_NAME, agent);
  return { bo: await lend(ids.agents.bo), sara: await lend(ids.agents.sara) };
}
