/** What can be read of a mail as it came in, and the word on its button. */
export const MAIL_PARTS = [
  ['content', 'Read'],
  ['headers', 'Headers'],
  ['source', 'Source'],
] as const;

export type MailPart = (typeof MAIL_PARTS)[number][0];
