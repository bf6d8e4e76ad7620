import type { Database } from '../../database/client.ts';
import type { SendInput } from '../../workflows/messages.ts';

export interface PrepareDependencies {
  database: Database;
}

export type Prepared =
  { envelope: { from: string; to: string[] }; raw: Buffer } | { problem: string };

export async function prepare(
  _dependencies: PrepareDependencies,
  input: SendInput,
): Promise<Prepared> {
  return { problem: `nothing renders ${input.message} yet` };
}
