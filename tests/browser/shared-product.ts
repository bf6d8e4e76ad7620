import type { TestProject } from 'vitest/node';

import { startProduct } from '../../stack/test-stack.ts';

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
    browser: SharedProduct;
  }
}

/** As `npm start` makes it, with the mail catcher; each file makes a company of its own in it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, run, catcherUrl, folder, stop } = await startProduct();
  project.provide('browser', {
    url,
    smtp: { host: run.smtp.host, port: run.smtp.port },
    catcherUrl: catcherUrl ?? '',
    databaseUrl: run.databaseUrl,
    folder,
  });
  return async () => {
    await stop();
  };
}
