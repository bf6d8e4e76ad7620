import type { Speech } from '../i18n/speech.ts';

/** What a problem document says, ready to be put into a sentence. */
export interface ProblemFacts {
  /** The server's own sentence, in English. */
  said: string;
  owner: string | null;
  state: string | null;
  threat: string | null;
  /** The largest that is taken, as a person reads sizes. */
  max: string | null;
  /** The fields that are wrong, as the API calls them. */
  fields: string[];
  /** " Request 7f3a.", for somebody who looks into the server's log; else empty. */
  request: string;
}

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
