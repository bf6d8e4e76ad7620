import type { ErrorCode } from '../../../../../domain/errors.ts';
import type { ProblemFacts } from '../problem-facts.ts';

/** What a refused or failed call is told with, by the API's stable codes (docs/errors.md). */
const byCode: Record<ErrorCode, (facts: ProblemFacts) => string> = {
  validation: ({ said }) => said,
  unauthenticated: () => 'You are signed out. Sign in again.',
  forbidden: ({ said }) => said,
  not_found: ({ said }) => said || 'There is no such thing here, or it is gone.',
  already_claimed: ({ said }) => said,
  already_exists: ({ said }) => said,
  not_allowed: ({ said }) => said,
  too_late: ({ said }) => said,
  news: ({ said }) => said,
  link_over: ({ said }) => said,
  too_large: ({ said, max }) => (max === null ? said : `It is too large: ${max} at most.`),
  type_not_allowed: ({ said }) => said,
  date_in_past: () => 'That time is over. Choose a later one.',
  idempotency_mismatch: () => 'This was sent before with other content. Try again.',
  agent_inactive: ({ said }) => said,
  agent_required: () => 'A new ticket needs an owner for this. Claim it first.',
  rate_limited: () => 'Too many tries in a short time. Wait a minute.',
  internal: ({ request }) =>
    `The server cannot do this right now. Nothing is lost; try again.${request}`,
  unavailable: ({ request }) =>
    `The server cannot do this right now. Nothing is lost; try again.${request}`,
};

export const problems = {
  byCode,
  offline: 'No connection to the server. What you typed is kept; try again.',
  answered: (status: number) => `The server answered ${status}.`,
  request: (id: string) => `Request ${id}.`,
  page: {
    missingTitle: 'Not found',
    failedTitle: 'Not loaded',
    missing: 'This is not here',
    failed: 'This page could not be loaded',
    noPage: 'No page has this address.',
    unknown: 'Something went wrong.',
    tryAgain: 'Try again',
    toOpen: 'To Open',
  },
};
