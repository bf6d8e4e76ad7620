import type { ApiError } from '../api/api-error.ts';
import { textIn } from '../api/json.ts';

export interface Text {
  title: string;
  body: string;
}

/** What another writer has saved meanwhile; null when the refusal tells of something else. */
export function theirsIn({ extras }: ApiError): (Text & { revision: string }) | null {
  const revision = textIn(extras, 'revision');
  if (revision === '' || typeof extras.body !== 'string') return null;
  return { title: textIn(extras, 'title'), body: extras.body, revision };
}

export function textOr(text: Text | null | undefined): [title: string, body: string] {
  return [text?.title ?? '', text?.body ?? ''];
}
