import type { Client } from '@temporalio/client';

import type { Logger } from './logger.ts';

/** Temporal's numbers for the types of search attributes (enums/v1/common.proto). */
const typeNumbers = { KEYWORD: 2, INT: 3, DATETIME: 6 } as const;
const cliNames = { KEYWORD: 'Keyword', INT: 'Int', DATETIME: 'Datetime' } as const;

/**
 * Registers the search attributes that the namespace lacks. Where that is not allowed (a managed
 * server), the log says the commands to give, and the worker waits for them.
 * @throws when attributes are missing and could not be registered
 */
export async function registerSearchAttributes(
  client: Client,
  namespace: string,
  wanted: Readonly<Record<string, keyof typeof typeNumbers>>,
  log: Logger,
): Promise<void> {
  const { operatorService } = client.connection;
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
  const missing = Object.entries(wanted).filter(([name]) => !customAttributes[name]);
  if (missing.length === 0) return;
  const searchAttributes = Object.fromEntries(
    missing.map(([name, type]) => [name, typeNumbers[type]]),
  );
  try {
    await operatorService.addSearchAttributes({ namespace, searchAttributes });
    log.info({ registered: missing.map(([name]) => name) }, 'registered search attributes');
  } catch (error) {
    const commands = missing.map(
      ([name, type]) =>
        'temporal operator search-attribute create ' +
        `--namespace ${namespace} --name ${name} --type ${cliNames[type]}`,
    );
    log.error({ commands }, 'search attributes are missing; an operator has to register them');
    throw error;
  }
}
