import type { MeRow } from '../database/queries/me.ts';
import { refused } from '../domain/errors.ts';
import { reminderKinds } from '../domain/ticket/events.ts';
import type { ReminderKind } from '../domain/ticket/events.ts';
import type { Config } from '../runtime/config.ts';
import { limitsOf } from './company-limits.ts';
import type { MeAnswer } from './schemas/me.ts';

/** @throws RefusedError `unauthenticated` when there is no such active agent any more */
export function meAnswer(me: MeRow | null, config: Config): MeAnswer {
  if (!me) throw refused('unauthenticated', 'Your account was deactivated; ask an admin.');
  const { noMailFor, noNoticeFor, ...agent } = me.agent;
  const { id, name, firstSteps, ...own } = me.company;
  return {
    agent: {
      ...agent,
      notifications: { mail: allBut(noMailFor), browser: allBut(noNoticeFor) },
    },
    company: { id, name, firstSteps, limits: limitsOf(own, config) },
    teams: me.teams,
  };
}

function allBut(kinds: readonly ReminderKind[]): ReminderKind[] {
  return reminderKinds.filter((kind) => !kinds.includes(kind));
}
