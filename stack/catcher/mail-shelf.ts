import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaughtMail } from './caught-mail.ts';
import { summarise } from './read-mail.ts';

/** The oldest go when there are more: a demo needs few, a benchmark makes many. */
const MAILS_MAX = 10_000;

export interface MailShelf {
  /** Keeps a mail; resolves when it is in the folder. */
  add: (raw: Buffer, envelope: CaughtMail['envelope']) => Promise<CaughtMail>;
  /** Newest first. */
  list: (filter?: { to?: string; query?: string }) => CaughtMail[];
  find: (id: string) => CaughtMail | null;
  raw: (id: string) => Promise<Buffer>;
  clear: () => Promise<void>;
}

/** The mails of a folder: `ID.eml` as it came, and `ID.json` with what the list shows. */
export function openMailShelf(folder: string): MailShelf {
  mkdirSync(folder, { recursive: true });
  const mails = new Map<string, CaughtMail>();
  for (const mail of readKept(folder)) mails.set(mail.id, mail);
  let lastMs = 0;

  const remove = async (id: string) => {
    mails.delete(id);
    await rm(join(folder, `${id}.json`), { force: true });
    await rm(join(folder, `${id}.eml`), { force: true });
  };
  return {
    add: async (raw, envelope) => {
      // Two of the same millisecond keep their order.
      lastMs = Math.max(Date.now(), lastMs + 1);
      const id = `${lastMs.toString(36)}${randomBytes(4).toString('hex')}`;
      const receivedAt = new Date(lastMs).toISOString();
      const summary = await summarise(raw);
      const mail: CaughtMail = { id, receivedAt, envelope, sizeBytes: raw.length, ...summary };
      await writeFile(join(folder, `${id}.eml`), raw);
      const draft = join(folder, `${id}.new`);
      await writeFile(draft, JSON.stringify(mail));
      await rename(draft, join(folder, `${id}.json`));
      mails.set(id, mail);
      const [oldest] = mails.keys();
      if (mails.size > MAILS_MAX && oldest !== undefined) await remove(oldest);
      return mail;
    },
    list: ({ to, query } = {}) =>
      [...mails.values()]
        .filter((mail) => to === undefined || isTo(mail, to))
        .filter((mail) => query === undefined || matches(mail, query))
        .sort((a, b) => (a.id < b.id ? 1 : -1)),
    find: (id) => mails.get(id) ?? null,
    raw: (id) => readFile(join(folder, `${id}.eml`)),
    clear: async () => {
      for (const id of [...mails.keys()]) await remove(id);
    },
  };
}

/** In the order of their arrival; a mail whose description was not written whole is left out. */
function readKept(folder: string): CaughtMail[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.sort().flatMap((name) => {
    const value: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    return isCaughtMail(value) ? [value] : [];
  });
}

function isCaughtMail(value: unknown): value is CaughtMail {
  return typeof value === 'object' && value !== null && 'id' in value && 'envelope' in value;
}

function isTo(mail: CaughtMail, address: string): boolean {
  return mail.envelope.to.some((to) => to.toLowerCase() === address.toLowerCase());
}

function matches(mail: CaughtMail, query: string): boolean {
  const people = [...mail.from, ...mail.to, ...mail.cc];
  const texts = [mail.subject, mail.snippet, ...people.flatMap(({ name, email }) => [name, email])];
  return texts.join('\n').toLowerCase().includes(query.toLowerCase());
}
