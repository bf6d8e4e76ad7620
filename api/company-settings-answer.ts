import type { Static } from '@fastify/type-provider-typebox';

import type { CompanySettings } from '../database/queries/company-settings.ts';
import { refused } from '../domain/errors.ts';
import type { Config } from '../runtime/config.ts';
import type { CompanySettings as Answer } from './schemas/company-settings.ts';

export const DAY_MS = 86_400_000;

/** The settings of a company, and what the server has where it says nothing. */
export function companySettingsAnswer(
  settings: CompanySettings | null,
  { reopenWindowMs, attachmentBytesMax, mailBytesMax }: Config,
): Static<typeof Answer> {
  if (!settings) throw refused('not_found', 'There is no such company any more.');
  const { reopenWindowMs: own, ...rest } = settings;
  return {
    ...rest,
    reopenDays: own === null ? null : own / DAY_MS,
    server: { reopenDays: reopenWindowMs / DAY_MS, attachmentBytesMax, mailBytesMax },
  };
}
