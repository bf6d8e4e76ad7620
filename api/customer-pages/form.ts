import { createHash, randomUUID } from 'node:crypto';

/** A field of a plain HTML form; '' where it is missing or no text. */
export function fieldOf(form: unknown, name: string): string {
  if (typeof form !== 'object' || form === null) return '';
  const fields: [string, unknown][] = Object.entries(form);
  const found = fields.find(([key]) => key === name)?.[1];
  return typeof found === 'string' ? found : '';
}

/** The mark of one form on one page: when it was shown, and what no other form has. */
export function newForm(): string {
  return `${Date.now().toString(36)}-${randomUUID()}`;
}

const FORM = /^([0-9a-z]{1,9})-[0-9a-f-]{36}$/;

/** A page that was open for longer is sent now, whatever its form says. */
const FORM_AGE_MAX_MS = 3_600_000;

/** What makes a form that is sent twice the same mail: its id and its date. */
export function readForm(form: string, place: string): { id: string; at: Date } {
  const now = Date.now();
  const shown = Number.parseInt(FORM.exec(form)?.[1] ?? '', 36);
  const isOwn = shown <= now && now - shown < FORM_AGE_MAX_MS;
  const mark = isOwn ? form : newForm();
  const id = createHash('sha256').update(`${place}\n${mark}`).digest('hex').slice(0, 32);
  return { id, at: new Date(isOwn ? shown : now) };
}
