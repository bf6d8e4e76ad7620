import type { Language } from '../../domain/languages.ts';
import { reminderKinds } from '../../domain/ticket/events.ts';
import type { ReminderKind } from '../../domain/ticket/events.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { photoOfAgent, undoOfAgent } from './agents.ts';
import type { Named } from './ticket-item.ts';

export interface MeRow {
  agent: {
    id: string;
    name: string;
    email: string;
    role: 'agent' | 'admin';
    language: Language | null;
    timeZone: string | null;
    photo: string | null;
    signature: string;
    signatureHtml: string | null;
    undoSeconds: number;
    ownUndoSeconds: number | null;
    /** Kinds that are switched off. */
    noMailFor: ReminderKind[];
    noNoticeFor: ReminderKind[];
  };
  company: {
    id: string;
    name: string;
    attachmentBytesMax: number | null;
    mailBytesMax: number | null;
    firstSteps: boolean;
  };
  teams: Named[];
}

/** The signed-in agent with company and teams; null when there is no such active agent. */
export async function readMe(trx: CompanyTransaction, agent: string): Promise<MeRow | null> {
  const rows = await select<MeRow>(
    trx,
    `select
       json_build_object('id', a.id, 'name', a.name, 'email', a.email, 'role', a.role,
         'language', a.language, 'timeZone', a.time_zone, 'photo', ${photoOfAgent},
         'signature', a.signature, 'signatureHtml', a.signature_html,
         'undoSeconds', ${undoOfAgent},
         'ownUndoSeconds', case when a.undo_chosen then a.undo_seconds end,
         'noMailFor', a.no_mail_for, 'noNoticeFor', a.no_notice_for) as agent,
       (select json_build_object('id', c.id, 'name', c.name,
         'attachmentBytesMax', c.attachment_bytes_max, 'mailBytesMax', c.mail_bytes_max,
         'firstSteps', c.first_steps_over_at is null)
        from company c where c.id = a.company) as company,
       coalesce((
         select json_agg(json_build_object('id', t.id, 'name', t.name) order by t.name, t.id)
         from agent_team m join team t on t.id = m.team where m.agent = a.id
       ), '[]') as teams
     from agent a where a.id = ? and a.active`,
    [agent],
  );
  return rows[0] ?? null;
}

export interface ProfileChanges {
  name?: string;
  language?: Language | null;
  timeZone?: string | null;
  signature?: string;
  signatureHtml?: string | null;
  /** Null: the company's. */
  undoSeconds?: number | null;
  /** The kinds that are on. */
  mailFor?: readonly ReminderKind[];
  noticeFor?: readonly ReminderKind[];
}

/** Changes what an agent says of themselves; what is left out stays. */
export async function updateProfile(
  trx: CompanyTransaction,
  id: string,
  changes: ProfileChanges,
): Promise<void> {
  const { undoSeconds, mailFor, noticeFor } = changes;
  const columns = {
    name: changes.name,
    language: changes.language,
    time_zone: changes.timeZone,
    signature: changes.signature,
    signature_html: changes.signatureHtml,
    undo_chosen: undoSeconds === undefined ? undefined : undoSeconds !== null,
    undo_seconds: undoSeconds ?? undefined,
    no_mail_for: mailFor === undefined ? undefined : allBut(mailFor),
    no_notice_for: noticeFor === undefined ? undefined : allBut(noticeFor),
  };
  const given = Object.entries(columns).filter(([, value]) => value !== undefined);
  if (given.length === 0) return;
  await trx('agent').where({ company: trx.company, id }).update(Object.fromEntries(given));
}

function allBut(kinds: readonly ReminderKind[]): ReminderKind[] {
  return reminderKinds.filter((kind) => !kinds.includes(kind));
}

/** `photo` null: the initials are enough. */
export async function updatePhoto(
  trx: CompanyTransaction,
  id: string,
  photo: { hash: string; bytes: number } | null,
): Promise<void> {
  const columns = { photo_hash: photo?.hash ?? null, photo_bytes: photo?.bytes ?? null };
  await trx('agent').where({ company: trx.company, id }).update(columns);
}

/** Null when this company has no such agent, or the agent no picture. */
export async function findPhoto(
  trx: CompanyTransaction,
  agent: string,
): Promise<{ hash: string; bytes: number } | null> {
  const rows = await select<{ hash: string; bytes: number }>(
    trx,
    `select photo_hash as hash, photo_bytes as bytes from agent
     where company = ? and id = ? and photo_hash is not null`,
    [trx.company, agent],
  );
  return rows[0] ?? null;
}
