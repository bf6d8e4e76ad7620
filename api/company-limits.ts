import type { Config } from '../runtime/config.ts';

/** What a company takes; null: as much as the server does. */
export interface OwnLimits {
  attachmentBytesMax: number | null;
  mailBytesMax: number | null;
}

/** What goes for a company: its own limits, and never more than the server's. */
export function limitsOf(
  own: OwnLimits,
  server: Pick<Config, 'attachmentBytesMax' | 'mailBytesMax'>,
): { attachmentBytesMax: number; mailBytesMax: number } {
  const { attachmentBytesMax, mailBytesMax } = server;
  return {
    attachmentBytesMax: Math.min(own.attachmentBytesMax ?? Infinity, attachmentBytesMax),
    mailBytesMax: Math.min(own.mailBytesMax ?? Infinity, mailBytesMax),
  };
}
