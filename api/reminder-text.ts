import { assertNever } from '../domain/errors.ts';
import type { ReminderKind } from '../domain/ticket/events.ts';

/** What a reminder says, in words. `customer` and `reason` are '' when nobody knows. */
export function reminderText(reminder: {
  kind: ReminderKind;
  customer: string;
  reason: string;
}): string {
  const customer = reminder.customer === '' ? 'The customer' : reminder.customer;
  switch (reminder.kind) {
    case 'callback':
      return reminder.reason === ''
        ? 'The callback date has come.'
        : `The callback date has come: ${reminder.reason}`;
    case 'customer_replied':
      return `${customer} replied.`;
    case 'invited':
      return 'You were invited to take part.';
    case 'mentioned':
      return 'You were mentioned in a note.';
    case 'assigned':
      return 'It was assigned to you.';
    case 'delivery_failed':
      return `A mail to ${reminder.customer === '' ? 'the customer' : customer} did not arrive.`;
    default:
      return assertNever(reminder.kind);
  }
}
