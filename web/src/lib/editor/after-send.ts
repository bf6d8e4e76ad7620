import type { AfterSend } from '../api/settings-types.ts';
import type { Speech } from '../i18n/speech.ts';
import { readWhen } from '../time/read-when.ts';
import type { SendOptions } from './answer-sending.svelte.ts';

const DAY_MS = 86_400_000;

/** What a canned response wants of the sending, when it is sent now. */
export function optionsAfter(
  after: AfterSend | null,
  now: number,
  { dates }: Pick<Speech, 'dates'>,
): SendOptions {
  if (after?.solve) return { then: { solve: after.solve } };
  if (!after?.pend) return {};
  const day = dates.pickerText(now + after.pend.days * DAY_MS).slice(0, 'YYYY-MM-DD'.length);
  const at = readWhen(day, now, dates.zone);
  return at === null ? {} : { then: { pend: { until: new Date(at).toISOString() } } };
}

/** What the send button says then. */
export function sendWords(after: AfterSend | null, { t }: Pick<Speech, 't'>): string {
  if (after?.solve) return after.solve.summary ? t.editor.sendAndSummary : t.editor.sendSolve;
  if (after?.pend) return t.editor.sendAndPendDays(after.pend.days);
  return t.editor.send;
}
