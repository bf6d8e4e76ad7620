import { Type } from '@fastify/type-provider-typebox';

import type { Period } from '../database/queries/rating-report.ts';
import { refused } from '../domain/errors.ts';
import { Time } from './schemas/basics.ts';

/** How far back a report looks that names no beginning. */
const PERIOD_MS = 30 * 86_400_000;

/** What every report may be asked with; the end is not part of the period. */
export const periodQuery = { from: Type.Optional(Time), to: Type.Optional(Time) };

/** The last 30 days unless something else was asked. */
export function periodOf(asked: { from?: string; to?: string }): Period {
  const to = new Date(asked.to ?? Date.now());
  const from = new Date(asked.from ?? to.getTime() - PERIOD_MS);
  if (from >= to) {
    throw refused(
      'validation',
      `"from" (${from.toISOString()}) must be before "to" (${to.toISOString()}).`,
    );
  }
  return { from: from.toISOString(), to: to.toISOString() };
}
