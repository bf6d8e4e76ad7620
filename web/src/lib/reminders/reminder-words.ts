import type { Reminder } from '../api/types.ts';
import type { Speech } from '../i18n/speech.ts';

/** What a reminder says: its own text, else what it is about. */
export function reminderTitle({ kind, text }: Reminder, { t }: Speech): string {
  const kinds: Record<string, string> = t.reminders.kinds;
  return text || (kinds[kind] ?? t.reminders.other);
}
