/**
 * How long the page of a ticket can be opened after its link was mailed, and after anybody last
 * wrote: a holiday and what waits after it.
 */
export const TICKET_LINK_VALID_MS = 30 * 86_400_000;

/** Where a customer reads a ticket and answers it. */
export function ticketPageUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/t/${encodeURIComponent(token)}`;
}

/** Where a customer rates the help; `?score=` chooses one beforehand. */
export function ratingUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/rate/${encodeURIComponent(token)}`;
}
