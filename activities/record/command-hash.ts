import { createHash } from 'node:crypto';

import type { Command } from '../../domain/ticket/commands.ts';

/** Tells whether two commands of one id ask the same: a hash over fields in a fixed order. */
export function commandHash(command: Command): string {
  const fields = Object.entries(command)
    .filter(([name]) => name !== 'id')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(fields)).digest('base64url');
}
