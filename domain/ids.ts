/** Ids that are functions of other ids, so that doing a thing again names the same thing. */

/** Workflow id of a ticket, as operations people type it into the Temporal UI. */
export function ticketWorkflowId(company: string, number: number): string {
  return `ticket-${company}-${number}`;
}

/** Id of a mail that the desk writes itself: the event that asked for it names it. */
export function deskMessageId(ticket: number, seq: number, kind: string): string {
  return `${kind}-${ticket}-${seq}`;
}

/** Id of the assistant's answer to the question that an event put to it. */
export function assistantAnswerId(ticket: number, asked: number): string {
  return `answer-${ticket}-${asked}`;
}

/** Id of one agent's reminder, from the event that made it. */
export function reminderId(ticket: number, seq: number, agent: string): string {
  return `reminder-${ticket}-${seq}-${agent}`;
}

/** Id of one attempt to send, also the activity's id and the key of its row. */
export function sendAttemptId(message: string, attempt: number): string {
  return `send-${message}-${attempt}`;
}

/**
 * 64 bits of FNV-1a as hex, in plain arithmetic because the workflow sandbox has no crypto.
 * Tells apart the few hand-made signals of one run; never used against an adversary.
 * @see Fowler, Noll, Vo: the FNV non-cryptographic hash
 */
export function shortHash(text: string): string {
  let low = 0x84222325;
  let high = 0xcbf29ce4;
  for (let index = 0; index < text.length; index += 1) {
    low ^= text.charCodeAt(index);
    const product = (low >>> 0) * 0x1b3;
    const carry = Math.floor(product / 0x1_0000_0000);
    high = (Math.imul(high, 0x1b3) + Math.imul(low, 0x100) + carry) >>> 0;
    low = product >>> 0;
  }
  const hex = (word: number) => (word >>> 0).toString(16).padStart(8, '0');
  return hex(high) + hex(low);
}
