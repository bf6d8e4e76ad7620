import type { TicketOfMail, WriterOfMail } from '../../database/queries/outgoing.ts';
import { fillPlaceholders, placeholderValues } from '../../domain/placeholders.ts';
import { escapeHtml, plainTextToHtml } from '../../mail/html.ts';

/**
 * What stands below an answer: the writer's own signature, and then the mailbox's. Placeholders in
 * them are filled; as nobody looks at them before they leave, one that has no value says nothing.
 */
export function signaturesOf(
  ticket: TicketOfMail,
  number: number,
  writer: WriterOfMail | null,
): { signature: string; signatureHtml: string | null } {
  const values = placeholderValues({
    customer: { name: ticket.customerName, email: ticket.customerEmail },
    ticket: { number, subject: ticket.subject },
    agent: writer,
    company: { name: ticket.companyName },
    mailbox: { name: ticket.mailboxName, address: ticket.mailboxAddress },
  });
  const inHtml = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value ? escapeHtml(value) : value]),
  );
  const parts = [writer, ticket].flatMap((one) => (one ? [one] : [])).filter(hasSignature);
  const signature = parts
    .map((part) => fillPlaceholders(part.signature, values))
    .filter((text) => text !== '')
    .join('\n\n');
  // Without one in HTML the text is laid out as it stands.
  if (parts.every((part) => part.signatureHtml === null)) return { signature, signatureHtml: null };
  const htmls = parts.map(({ signature: text, signatureHtml: html }) =>
    html === null
      ? plainTextToHtml(fillPlaceholders(text, values))
      : fillPlaceholders(html, inHtml),
  );
  // A part that is in HTML alone gives its text to the whole, which the composer makes of it.
  const whole = parts.every((part) => part.signature !== '');
  return { signature: whole ? signature : '', signatureHtml: htmls.join('<br><br>\n') };
}

function hasSignature({
  signature,
  signatureHtml,
}: Pick<TicketOfMail, 'signature' | 'signatureHtml'>) {
  return signature.trim() !== '' || (signatureHtml ?? '').trim() !== '';
}
