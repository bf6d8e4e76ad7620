import { setTimeout as wait } from 'node:timers/promises';

import { isRecord } from './desk-client.ts';
import type { DeskClient } from './desk-client.ts';
import type { Postman } from './postman.ts';
import type { DemoActor, DemoStep, DemoStory } from './story.ts';

export interface Stage {
  desk: Readonly<Record<DemoActor, DeskClient>>;
  postman: Postman;
  /** Where the customers write to. */
  mailbox: string;
  signal: AbortSignal;
}

/** A mail is on its ticket within a second; on a busy first start it may take a while. */
const ARRIVAL_MS_MAX = 60_000;
const LOOK_EVERY_MS = 250;

/** Goes through a story; steps that happened before are found again and not repeated. */
export async function tellStory(story: DemoStory, stage: Stage): Promise<void> {
  const name = story.customer.email;
  const number = await begin(story, stage);
  for (const [index, step] of story.steps.entries()) {
    const key = `demo-${name}-${index}`;
    if ('writes' in step) await answer(story, stage, { number, key, text: step.writes });
    else await act(step, stage, number, key);
  }
}

async function act(
  step: Exclude<DemoStep, { writes: string }>,
  { desk }: Stage,
  number: number,
  key: string,
): Promise<void> {
  const client = desk[step.by];
  if ('put' in step) {
    await client.call('PUT', `/tickets/${number}/${step.put}`, undefined, key);
  } else {
    await client.call('POST', `/tickets/${number}/${step.post}`, step.body, key);
  }
}

async function begin(story: DemoStory, stage: Stage): Promise<number> {
  const { customer, subject, text } = story;
  if (story.via === 'mail') {
    const messageId = messageIdOf(story, 'first');
    return deliver(story, stage, { subject, text, messageId, inReplyTo: null });
  }
  const known = await stage.desk.anna.list(`/tickets?q=${encodeURIComponent(customer.email)}`);
  const found = known.at(-1)?.number;
  if (typeof found === 'number') return found;
  const { name, email } = customer;
  const path = `/contact/${encodeURIComponent(stage.mailbox)}`;
  const made = await stage.desk.anna.call('POST', path, { name, email, subject, text });
  const number = isRecord(made) ? Number(made.number) : Number.NaN;
  await until(stage.signal, async () => {
    const tickets = await stage.desk.anna.list(`/tickets?number=${number}`);
    return tickets.length > 0 ? number : null;
  });
  return number;
}

/** The customer answers the newest mail of the desk, and quotes it as mail programs do. */
async function answer(
  story: DemoStory,
  stage: Stage,
  { number, key, text }: { number: number; key: string; text: string },
): Promise<void> {
  const entries = await stage.desk.anna.list(`/tickets/${number}/timeline`);
  const ours = entries.filter((entry) => entry.direction === 'out').at(-1);
  const quoted = (typeof ours?.text === 'string' ? ours.text : '').replace(/^/gm, '> ');
  const messageId = messageIdOf(story, key.replace(/.*-/, ''));
  await deliver(story, stage, {
    subject: `Re: ${story.subject}`,
    text: `${text}\n\nAcme Support <${stage.mailbox}> wrote:\n${quoted}\n`,
    messageId,
    inReplyTo: ours ? bracketed(String(ours.messageId)) : messageIdOf(story, 'first'),
  });
}

/** Sends a mail unless it is there, and waits until it has its outcome. */
async function deliver(
  { customer }: DemoStory,
  { desk, postman, mailbox, signal }: Stage,
  mail: { subject: string; text: string; messageId: string; inReplyTo: string | null },
): Promise<number> {
  const ledger = `/mails?q=${encodeURIComponent(mail.messageId.replace(/[<>]/g, ''))}`;
  if ((await desk.anna.list(ledger)).length === 0) {
    const from = { name: customer.name, address: customer.email };
    await postman.deliver({ ...mail, from, to: mailbox });
  }
  return until(signal, async () => {
    const row = (await desk.anna.list(ledger)).at(-1);
    if (row === undefined || row.outcome === 'pending') return null;
    if (typeof row.ticket === 'number') return row.ticket;
    throw new Error(`a demo mail became ${String(row.outcome)}: ${String(row.reason)}`);
  });
}

function messageIdOf({ customer }: DemoStory, part: string): string {
  const [local, domain] = customer.email.split('@');
  return `<demo-${local}-${part}@${domain}>`;
}

function bracketed(messageId: string): string {
  return messageId.startsWith('<') ? messageId : `<${messageId}>`;
}

async function until<T>(signal: AbortSignal, look: () => Promise<T | null>): Promise<T> {
  const end = Date.now() + ARRIVAL_MS_MAX;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > end) throw new Error('a demo mail did not reach its ticket');
    await wait(LOOK_EVERY_MS, undefined, { signal });
  }
}
