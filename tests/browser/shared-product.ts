import type { TestProject } from 'vitest/node';

import { startProduct } from '../../stack/test-stack.ts';
import { share } from '../runner/shared-part.ts';

/** The one product that all browser tests share. */
export interface SharedProduct {
  url: string;
  smtp: { host: string; port: number };
  catcherUrl: string;
  databaseUrl: string;
  /** The data folder. */
  folder: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Where `askFor` gets the `SharedProduct`. */
    browserDoor: string;
  }
}

/** As `npm start` makes it, with the mail catcher; each file makes a company of its own in it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { door, stop } = await share(startShared);
  project.provide('browserDoor', door);
  return stop;
}

async function startShared(): Promise<{ told: SharedProduct; stop: () => Promise<unknown> }> {
  const { url, run, catcherUrl, folder, stop } = await startProduct();
  const smtp = { host: run.smtp.host, port: run.smtp.port };
  const { databaseUrl } = run;
  return { told: { url, smtp, catcherUrl: catcherUrl ?? '', databaseUrl, folder }, stop };
}
