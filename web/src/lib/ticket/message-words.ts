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
export function deliveryWords(entry: MessageEntry, now: number, say: Speech): DeliveryWords {
  const words = plainWords(entry, now, say);
  return { look: 'quiet', tone: '', detail: '', ...words };
}

function plainWords(entry: MessageEntry, now: number, say: Speech): Words {
  switch (entry.state) {
    case 'draft':
      return { icon: 'pencil', title: 'Draft' };
    case 'scheduled':
      return waitingWords(entry, now, say);
    case 'sending':
      if (entry.nextTryAt === null) return { icon: 'send', title: 'Sending…' };
      return {
        icon: 'refresh',
        tone: 's-pending',
        title: `Refused for now, next try ${say.dates.planned(entry.nextTryAt, now)}`,
      };
    case 'received':
    case 'sent':
      return { icon: 'check', title: `Sent ${say.dates.clockTime(entry.sentAt ?? entry.at)}` };
    case 'uncertain':
      return {
        look: 'unsure',
        icon: 's-uncertain',
        title: 'Nobody knows whether this arrived',
        detail:
          'The connection broke after we had handed the mail over, so it was not sent again by ' +
          'itself. Send it again only if the customer seems not to have it.',
      };
    case 'bounced':
      return {
        look: 'bad',
        icon: 'mail-x',
        title: 'Bounced',
        detail: 'The mail came back. The other server said:',
      };
    case 'failed':
      return {
        look: 'bad',
        icon: 's-failed',
        title: 'Not delivered',
        detail: 'The other server refused it for good, so it will not be tried again. It said:',
      };
  }
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

function waitingWords(entry: MessageEntry, now: number, say: Speech): Words {
  if (isLeaving(entry, now)) return { icon: 'send', title: 'Leaving…' };
  if (!entry.sendAt || isInUndo(entry)) {
    return { icon: 'undo', title: 'Leaves in a few seconds' };
  }
  return { icon: 'calendar', title: `Leaves ${say.dates.planned(entry.sendAt, now)}` };
}
