import type { ProblemFacts } from '../i18n/problem-facts.ts';
import type { Speech } from '../i18n/speech.ts';

interface Refused {
  message: string;
  requestId: string | null;
  extras: Record<string, unknown>;
}

export function factsOf(
  { message, requestId, extras }: Refused,
  { t, dates }: Speech,
): ProblemFacts {
  return {
    said: message,
    owner: nameOf(extras.owner),
    state: textOf(extras.state),
    threat: textOf(extras.threat),
    max: typeof extras.max === 'number' ? dates.fileSize(extras.max) : null,
    fields: fieldsIn(extras.errors),
    request: requestId === null ? '' : ` ${t.problems.request(requestId)}`,
  };
}

/** The name of an extra such as `owner: {id, name}`. */
export function nameOf(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  return isRecord(value) ? textOf(value.name) : null;
}

function fieldsIn(errors: unknown): string[] {
  if (!Array.isArray(errors)) return [];
  const items: unknown[] = errors;
  return items.flatMap((item) => (isRecord(item) ? (textOf(item.field) ?? []) : []));
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
