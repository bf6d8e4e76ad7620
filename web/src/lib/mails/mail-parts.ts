/** What can be read of a mail as it came in. */
export const MAIL_PARTS = ['content', 'headers', 'source'] as const;

export type MailPart = (typeof MAIL_PARTS)[number];
