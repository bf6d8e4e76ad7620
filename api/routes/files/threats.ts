import { Type } from '@fastify/type-provider-typebox';

import { refused } from '../../../domain/errors.ts';
import {
  ScanFailedError,
  ScanTooLargeError,
  type Scanner,
  ScannerAwayError,
} from '../../../mail/scanning/clamd.ts';
import { strict } from '../../schemas/basics.ts';

/** A download that somebody wants although something was found in it. */
export const Anyway = strict({
  anyway: Type.Optional(Type.Boolean({ description: 'also when a threat was found in it' })),
});

/** @throws RefusedError `not_allowed` for what nobody shall get by accident */
export function refuseThreat(what: string, threat: string | null, anyway: boolean | undefined) {
  if (threat === null || anyway === true) return;
  throw refused(
    'not_allowed',
    `${what} is held back: ${threat}. Ask with ?anyway=true to get it all the same.`,
    { state: 'threat', allowed: [], threat },
  );
}

/**
 * Looks for viruses in an upload.
 * @throws RefusedError `type_not_allowed` for one that has some, `too_large` for what the scanner
 *   does not take, `unavailable` while it gives no answer
 */
export async function refuseInfected(
  scanner: Scanner | null | undefined,
  filename: string,
  content: AsyncIterable<Uint8Array>,
): Promise<void> {
  if (!scanner) return;
  const found = await scanner.scan(content).catch((error: unknown) => {
    if (error instanceof ScanTooLargeError) {
      throw refused('too_large', `"${filename}" is not taken: ${error.message}.`);
    }
    if (error instanceof ScannerAwayError || error instanceof ScanFailedError) {
      throw refused('unavailable', `"${filename}" was not taken: the virus scanner is away.`);
    }
    throw error;
  });
  if (found === null) return;
  throw refused('type_not_allowed', `"${filename}" is not taken: a virus, ${found}, is in it.`, {
    threat: found,
  });
}
