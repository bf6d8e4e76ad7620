import { refused } from '../domain/errors.ts';
import type { RefusedError } from '../domain/errors.ts';

/** The ids of other companies and of nothing at all are answered alike. */
export function missing(what: string, id: string | number): RefusedError {
  return refused('not_found', `There is no ${what} "${id}" in this company.`);
}

/** Of a company that is none, and of one that shows nothing to everybody. */
export function noHelpSite(): RefusedError {
  return refused('not_found', 'There are no help pages at this address.');
}

/** What was found. @throws RefusedError `not_found` */
export function found<T>(value: T | null, what: string, id: string | number): T {
  if (value === null) throw missing(what, id);
  return value;
}
