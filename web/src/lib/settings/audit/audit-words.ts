import type { AuditChange, AuditEntry } from '../../api/admin-types.ts';
import type { Speech } from '../../i18n/speech.ts';

/** What happened, in one sentence without who did it. */
export function whatHappened({ kind, act, name }: AuditEntry, { t }: Speech): string {
  const words = t.audit;
  const known: Record<string, string> = words.kinds;
  const happened: Record<string, ((thing: string) => string) | undefined> = words.acts;
  const noun = known[kind] ?? kind;
  const isNameless = name === null || name === '';
  // Of a sign-in only the person counts.
  const thing = isNameless ? noun : kind === 'session' ? name : `${noun} ${words.quoted(name)}`;
  return happened[act]?.(thing) ?? `${thing}: ${act}`;
}

/** Who did it. */
export function whoDidIt({ actor, way }: AuditEntry, { t }: Speech): string {
  const words = t.audit;
  if (actor === null) return way === 'tool' ? words.tool : words.nobody;
  return actor.name === '' ? actor.id : actor.name;
}

/** One changed field, before and after; what is not shown is only named. */
export function changeWords({ field, from, to }: AuditChange, { t }: Speech): string {
  const words = t.audit;
  const known: Record<string, string> = words.fields;
  const name = field
    .split('.')
    .map((part) => known[part] ?? part)
    .join(', ');
  if (from === undefined && to === undefined) return words.changed(name);
  return words.fromTo(name, valueWords(from, t), valueWords(to, t));
}

function valueWords(value: string | null | undefined, { audit: words }: Speech['t']): string {
  if (value === null || value === undefined || value === '') return words.nothing;
  const known: Record<string, string> = words.values;
  return known[value] ?? value;
}
