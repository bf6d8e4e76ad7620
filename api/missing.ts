import { refused } from '../domain/errors.ts';
import type { RefusedError } from '../domain/errors.ts';

/** The ids of other companies and of nothing at all are answered alike. */
export function missing(what: string, id: string | number): RefusedError {
  return refused('not_found', `There is no ${what} "${id}" in this company.`);
}

/** What was found. @throws RefusedError `not_found` */
export function found<T>(value: T | null, what: string, id: string | number): T {
  if (value === null) throw missing(what, id);
  return value;
}
