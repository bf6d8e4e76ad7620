import type { LedgerMail, MailOutcome } from '../api/types.ts';
import type { Speech } from '../i18n/speech.ts';
import type { IconName } from '../icons/icon-name.ts';

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

export const OUTCOME_LOOKS: Record<MailOutcome, { icon: IconName; tone: string }> = {
  new_ticket: { icon: 's-new', tone: 's-new' },
  added: { icon: 'check', tone: 's-open' },
  duplicate: { icon: 'file', tone: '' },
  bounce: { icon: 'mail-x', tone: 's-failed' },
  automatic: { icon: 'refresh', tone: '' },
  parked: { icon: 'parked', tone: 's-pending' },
  pending: { icon: 's-pending', tone: 's-pending' },
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
export function reasonSentence(
  { outcome, reason }: Pick<LedgerMail, 'outcome' | 'reason'>,
  { t }: Speech,
): string {
  const words = t.mails.ledger;
  if (outcome === 'duplicate') return words.copy;
  if (reason === '') return outcome === 'pending' ? words.justIn : '';
  return words.reason(reason);
}
