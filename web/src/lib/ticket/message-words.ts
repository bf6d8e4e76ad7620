import type { MessageEntry } from '../api/types.ts';
import type { IconName } from '../icons/icon-name.ts';
import type { Speech } from '../i18n/speech.ts';

export interface DeliveryWords {
  look: 'quiet' | 'bad' | 'unsure';
  icon: IconName;
  tone: string;
  title: string;
  detail: string;
}

type Words = Omit<DeliveryWords, 'look' | 'tone' | 'detail'> & Partial<DeliveryWords>;

/** How an outgoing mail fares, in words; other servers are quoted elsewhere. */
export function deliveryWords(
  entry: MessageEntry,
  customer: string,
  now: number,
  say: Speech,
): DeliveryWords {
  const words = plainWords(entry, customer, now, say);
  return { look: 'quiet', tone: '', detail: '', ...words };
}

function plainWords(entry: MessageEntry, customer: string, now: number, say: Speech): Words {
  const { delivery } = say.t;
  switch (entry.state) {
    case 'draft':
      return { icon: 'pencil', title: delivery.draft };
    case 'scheduled':
      return waitingWords(entry, now, say);
    case 'sending': {
      if (entry.nextTryAt === null) return { icon: 'send', title: delivery.sending };
      const title = delivery.refusedForNow(say.dates.planned(entry.nextTryAt, now));
      return { icon: 'refresh', tone: 's-pending', title };
    }
    case 'received':
    case 'sent':
      return { icon: 'check', title: sentWords(entry, say) };
    case 'uncertain':
      return {
        look: 'unsure',
        icon: 's-uncertain',
        title: delivery.uncertain,
        detail: delivery.uncertainDetail(customer),
      };
    case 'bounced':
      return {
        look: 'bad',
        icon: 'mail-x',
        title: delivery.bounced,
        detail: delivery.bouncedDetail,
      };
    case 'failed':
      return {
        look: 'bad',
        icon: 's-failed',
        title: delivery.failed,
        detail: delivery.failedDetail,
      };
  }
}

/** Several servers may have taken a mail to several people: then none is named. */
function sentWords({ sentAt, at, to, cc }: MessageEntry, { t, dates }: Speech): string {
  const time = dates.clockTime(sentAt ?? at);
  const [server, ...others] = new Set([...to, ...cc].map((address) => address.split('@').at(-1)));
  return server === undefined || others.length > 0
    ? t.delivery.sent(time)
    : t.delivery.sentTook(time, server);
}

/** Undo seconds are too short to name a time; a planned mail names it. */
const UNDO_LONGEST_MS = 90_000;

/** Whether a mail waits only for its undo seconds. */
export function isInUndo({ state, sendAt, at }: MessageEntry): boolean {
  if (state !== 'scheduled') return false;
  return !sendAt || Date.parse(sendAt) - Date.parse(at) < UNDO_LONGEST_MS;
}

/** Whether a waiting mail's time has come: it leaves, and can be taken back no more. */
export function isLeaving({ state, sendAt }: MessageEntry, now: number): boolean {
  return state === 'scheduled' && sendAt !== null && Date.parse(sendAt) <= now;
}

function waitingWords(entry: MessageEntry, now: number, { t, dates }: Speech): Words {
  if (isLeaving(entry, now)) return { icon: 'send', title: t.delivery.leaving };
  if (!entry.sendAt || isInUndo(entry)) return { icon: 'undo', title: t.delivery.inAFewSeconds };
  return { icon: 'calendar', title: t.delivery.leaves(dates.planned(entry.sendAt, now)) };
}
