import type { TestProject } from 'vitest/node';

import { startProduct } from '../../stack/test-stack.ts';
import { share } from '../runner/shared-part.ts';
import { startOutsideWorld } from './outside-world.ts';

/** What a stranger's script knows of the running product: run.json, and the ports it chose. */
export interface ContractProduct {
  url: string;
  smtpPort: number;
  lmtpPort: number;
  /** The data folder, with run.json and credentials.json. */
  folder: string;
  temporalAddress: string;
  temporalUiUrl: string;
  databaseUrl: string;
  /** The mail servers of the customers: `GET /mails?to=`. */
  worldUrl: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Where `askFor` gets the `ContractProduct`. */
    contractDoor: string;
  }
}

/** One product as `npm start` makes it, for every file that looks at it from outside. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { door, stop } = await share(startContract);
  project.provide('contractDoor', door);
  return stop;
}

async function startContract(): Promise<{ told: ContractProduct; stop: () => Promise<unknown> }> {
  const world = await startOutsideWorld();
  const product = await startProduct({
    env: { POSTKEEP_DEMO: '0', SMTP_URL: world.smtpUrl, LMTP_PORT: '0' },
  });
  const told = {
    url: product.url,
    smtpPort: product.smtpPort,
    lmtpPort: product.run.lmtp?.port ?? 0,
    folder: product.folder,
    temporalAddress: product.run.temporal.address,
    temporalUiUrl: product.run.temporal.uiUrl ?? '',
    databaseUrl: product.run.databaseUrl,
    worldUrl: world.url,
  };
  const stop = async () => {
    await product.stop();
    await world.stop();
  };
  return { told, stop };
}
