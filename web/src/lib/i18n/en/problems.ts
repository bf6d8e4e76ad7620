import type { ErrorCode } from '../../../../../domain/errors.ts';
import type { ProblemFacts } from '../problem-facts.ts';

/**
 * What a refused or failed call is told with, by the API's stable codes (docs/errors.md). The
 * server speaks English, and of the case; without its words a code has a sentence of its own.
 */
const byCode: Record<ErrorCode, (facts: ProblemFacts) => string> = {
  validation: ({ said }) => said || 'Something in it is not accepted. Correct it and try again.',
  unauthenticated: () => 'You are signed out. Sign in again.',
  forbidden: ({ said }) => said || 'Only administrators may do that. Ask one of yours.',
  not_found: ({ said }) => said || 'There is no such thing here, or it is gone.',
  already_claimed: ({ said, owner }) =>
    said || `${owner ?? 'Another agent'} has claimed this ticket.`,
  already_exists: ({ said }) => said || 'That name or address is taken. Choose another.',
  not_allowed: ({ said }) => said || 'That cannot be done right now.',
  too_late: ({ said }) => said || 'The mail has left already or is being sent.',
  news: ({ said }) => said || 'Something new came in since you began to write. Read it first.',
  link_over: ({ said }) => said || 'This link is no longer valid. Ask for a new one.',
  too_large: ({ said, max }) =>
    max === null ? said || 'It is too large. Send less.' : `It is too large: ${max} at most.`,
  type_not_allowed: ({ said }) => said || 'That kind of file is not taken. Send another one.',
  date_in_past: () => 'That time is over. Choose a later one.',
  idempotency_mismatch: () => 'This was sent before with other content. Try again.',
  agent_inactive: ({ said }) => said || 'That agent is deactivated. Choose one who is active.',
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
