import type { LedgerMail, MailOutcome } from '../api/types.ts';
import type { IconName } from '../icons/icon-name.ts';

interface OutcomeWords {
  icon: IconName;
  tone: string;
  /** On its chip among the filters. */
  chip: string;
  /** Before the number of its ticket. */
  with: string;
  alone: string;
}

/** In the order of their chips. */
export const OUTCOMES: readonly MailOutcome[] = [
  'new_ticket',
  'added',
  'duplicate',
  'bounce',
  'automatic',
  'parked',
  'pending',
];

export const OUTCOME_WORDS: Record<MailOutcome, OutcomeWords> = {
  new_ticket: {
    icon: 's-new',
    tone: 's-new',
    chip: 'New ticket',
    with: 'New ticket',
    alone: 'New ticket',
  },
  added: { icon: 'check', tone: 's-open', chip: 'Added', with: 'Added to', alone: 'Added' },
  duplicate: {
    icon: 'file',
    tone: '',
    chip: 'Duplicate',
    with: 'Duplicate of a mail in',
    alone: 'Duplicate',
  },
  bounce: {
    icon: 'mail-x',
    tone: 's-failed',
    chip: 'Bounce',
    with: 'Bounce of a mail in',
    alone: 'Bounce',
  },
  automatic: {
    icon: 'refresh',
    tone: '',
    chip: 'Automatic',
    with: 'Automatic, kept in',
    alone: 'Automatic',
  },
  parked: {
    icon: 'parked',
    tone: 's-pending',
    chip: 'Parked',
    with: 'Parked, meant for',
    alone: 'Parked',
  },
  pending: {
    icon: 's-pending',
    tone: 's-pending',
    chip: 'Pending',
    with: 'Pending, on its way to',
    alone: 'Pending',
  },
};

/** What the ledger is narrowed to; kept in the address, so that a link shows the same list. */
export interface LedgerQuery {
  outcome: MailOutcome | '';
  q: string;
}

export function readLedgerQuery(search: Pick<URLSearchParams, 'get'>): LedgerQuery {
  const named = search.get('outcome');
  const outcome = OUTCOMES.find((known) => known === named) ?? '';
  return { outcome, q: search.get('q') ?? '' };
}

/** The address of the ledger. */
export function ledgerPath({ outcome, q }: LedgerQuery): string {
  const search = new URLSearchParams();
  if (outcome !== '') search.set('outcome', outcome);
  if (q !== '') search.set('q', q);
  const text = search.toString();
  return `/all-mail${text === '' ? '' : `?${text}`}`;
}

/** Why a mail has its outcome, as a sentence. */
export function reasonSentence({
  outcome,
  reason,
}: Pick<LedgerMail, 'outcome' | 'reason'>): string {
  // The ledger names the first mail by its id, which tells a person nothing.
  if (outcome === 'duplicate') return 'The same mail had come in before.';
  if (reason === '') return outcome === 'pending' ? 'It has only just come in.' : '';
  const sentence = reason.charAt(0).toUpperCase() + reason.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
