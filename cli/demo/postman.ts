import { createTransport } from 'nodemailer';

export interface DemoMail {
  from: { name: string; address: string };
  to: string;
  subject: string;
  text: string;
  /** With its angle brackets. */
  messageId: string;
  /** The mail that it answers. */
  inReplyTo: string | null;
}

export interface Postman {
  deliver(mail: DemoMail): Promise<void>;
  close(): void;
}

/** Local parts of the stack answer at once; a mail that hangs must not hold up the others. */
const TIMEOUT_MS = 20_000;

/** Brings mails to the desk as any mail server does. */
export function createPostman(smtp: { host: string; port: number }): Postman {
  const transport = createTransport({
    ...smtp,
    secure: false,
    ignoreTLS: true,
    connectionTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  return {
    deliver: async ({ inReplyTo, ...mail }) => {
      const thread = inReplyTo === null ? {} : { inReplyTo, references: [inReplyTo] };
      await transport.sendMail({ ...mail, ...thread });
    },
    close: () => transport.close(),
  };
}
