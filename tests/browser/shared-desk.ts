import { createTransport, type SendMailOptions } from 'nodemailer';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { inject, onTestFailed, test } from 'vitest';

import { createDatabase, type Database } from '../../database/client.ts';
import { askFor } from '../runner/shared-part.ts';
import { type AgentWindow, keepPicture, openWindow, startBrowser } from './agent-window.ts';
import {
  type DeskAgent,
  type DeskCompany,
  type DeskWishes,
  makeDeskCompany,
} from './desk-company.ts';
import type { SharedProduct } from './shared-product.ts';

/** Asked for while the file is imported: the first start on a machine outlasts every hook. */
const product = await askFor<SharedProduct>(inject('browserDoor'));
const { url, smtp, catcherUrl, databaseUrl } = product;

/** A company of a file's own in the product that all browser tests share. */
export interface Desk extends DeskCompany {
  url: string;
  /** A customer; `customerAt` makes the address of another, which is nobody else's either. */
  customer: { name: string; address: string };
  customerAt(localPart: string): string;
  agent(name: string): DeskAgent;
  /** Brings a mail, by default the customer's to the mailbox. @returns its Message-ID, bracketed */
  write(letter: SendMailOptions): Promise<string>;
  browser: Browser;
  /** A window of nobody: sign in by `signIn`. */
  window(options?: BrowserContextOptions): Promise<AgentWindow>;
  /** A window in which the agent is signed in already, at `path` (default `/open`). */
  open(agent: DeskAgent, path?: string, options?: BrowserContextOptions): Promise<AgentWindow>;
  /** A window at the mail catcher, for `readCatcher`. */
  catcherWindow(): Promise<AgentWindow>;
  /** For rows that no mail and no call makes fast enough. */
  database: Database;
  /** Every window that is open, for pictures of what failed. */
  windows: readonly AgentWindow[];
  close(): Promise<void>;
}

/** Makes the file's company, and starts its browser. */
export async function makeDesk(wishes: DeskWishes = {}): Promise<Desk> {
  const calls = new AbortController();
  const database = createDatabase(databaseUrl, { poolMax: 2 });
  const where = { url, database, signal: calls.signal };
  const [company, browser] = await Promise.all([makeDeskCompany(where, wishes), startBrowser()]);
  const postman = createTransport({ ...smtp, secure: false, ignoreTLS: true });
  const windows: AgentWindow[] = [];
  let letters = 0;
  const window = async (at: string, options: BrowserContextOptions = {}) => {
    const opened = await openWindow(browser, at, options);
    windows.push(opened);
    return opened;
  };
  const customerAt = (localPart: string) => `${localPart}@customers-of-${company.domain}`;
  const customer = { name: 'Eleanor Hughes', address: customerAt('eleanor') };
  return {
    ...company,
    url,
    customer,
    customerAt,
    agent: (name) => {
      const found = company.agents.find((one) => one.name === name);
      if (!found) throw new Error(`the desk has no ${name}`);
      return found;
    },
    write: async (letter) => {
      letters += 1;
      const messageId = `<letter-${letters}@${customer.address.split('@')[1]}>`;
      const mail = { from: customer, to: company.mailbox.address, messageId, ...letter };
      await postman.sendMail(mail);
      return mail.messageId;
    },
    browser,
    window: (options) => window(url, options),
    open: async (agent, path = '/open', options = {}) => {
      const opened = await window(url, options);
      await enter(opened, agent);
      await opened.page.goto(path);
      return opened;
    },
    catcherWindow: () => window(catcherUrl),
    database,
    windows,
    close: async () => {
      calls.abort();
      postman.close();
      await Promise.all([browser.close(), database.close()]);
    },
  };
}

/** Gets the cookie that the form would get, in a tenth of the time. */
async function enter({ page }: AgentWindow, { email, password }: DeskAgent): Promise<void> {
  const answer = await page.request.post('/api/v1/session', { data: { email, password } });
  if (!answer.ok()) throw new Error(`${email} cannot sign in: ${await answer.text()}`);
}

/** `test` for the files of this folder: what every window showed and said is kept when it fails. */
export function stepsOf(
  desk: () => Desk,
): (title: string, walk: () => Promise<void>, msMax?: number) => void {
  return (title, walk, msMax) => {
    const walked = async () => {
      onTestFailed(async () => {
        for (const [place, window] of desk().windows.entries()) {
          if (window.page.isClosed()) continue;
          const name = `${desk().id}-${title.slice(0, 30)}-${place}`.replaceAll(/\W+/g, '-');
          const path = await keepPicture(window, name);
          process.stderr.write(`${[path, ...window.errors, ...window.complaints].join('\n')}\n`);
        }
      });
      await walk();
    };
    test(title, walked, msMax);
  };
}
