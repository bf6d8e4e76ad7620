/** The languages that the desk speaks: in the console, and in the mails that it writes itself. */
export const languages = ['en', 'sv'] as const;
export type Language = (typeof languages)[number];
