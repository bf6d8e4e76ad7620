import nodemailer from 'nodemailer';
import type { CaughtMail, Person } from './caught-mail.ts';

/** What the desk's SMTP server said to a mail of the customer. */
export interface Delivered {
  messageId: string;
  response: string;
}

export interface NewMail {
  from: string;
  to: string;
  subject: string;
  text: string;
}

export interface Customer {
  /** Answers a caught mail as the person that it was sent to. */
  reply: (mail: CaughtMail, mailText: string | null, text: string) => Promise<Delivered>;
  send: (mail: NewMail) => Promise<Delivered>;
}

const SEND_MS_MAX = 30_000;

/** Writes mail to the desk, at the address where it takes mail in. */
export function createCustomer(desk: { host: string; port: number }): Customer {
  const transport = nodemailer.createTransport({
    ...desk,
    secure: false,
    ignoreTLS: true,
    connectionTimeout: SEND_MS_MAX,
    socketTimeout: SEND_MS_MAX,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async ({ from, to, subject, text }) => {
      const { messageId, response } = await transport.sendMail({ from, to, subject, text });
      return { messageId, response };
    },
    reply: async (mail, mailText, text) => {
      const draft = replyTo(mail, mailText, text);
      const { messageId, response } = await transport.sendMail({
        from: { name: draft.from.name, address: draft.from.email },
        to: draft.to.map(({ name, email }) => ({ name, address: email })),
        subject: draft.subject,
        text: draft.text,
        inReplyTo: draft.inReplyTo ?? undefined,
        references: draft.references,
      });
      return { messageId, response };
    },
  };
}

export interface ReplyDraft {
  from: Person;
  to: Person[];
  subject: string;
  text: string;
  inReplyTo: string | null;
  references: string[];
}

/**
 * What a mail program makes of "Reply": to Reply-To, else From (RFC 5322, 3.6.2), referring to the
 * mail and its ancestors (3.6.4), with the old text quoted below.
 */
export function replyTo(mail: CaughtMail, mailText: string | null, text: string): ReplyDraft {
  const own = mail.envelope.to[0] ?? '';
  const written = [...mail.to, ...mail.cc].find(
    ({ email }) => email.toLowerCase() === own.toLowerCase(),
  );
  const lines = (mailText ?? mail.snippet).trimEnd().split('\n');
  const quoted = lines.map((line) => `> ${line}`).join('\n');
  const writer = mail.from[0]?.name || mail.from[0]?.email || mail.envelope.from;
  const when = mail.receivedAt.slice(0, 16).replace('T', ' ');
  return {
    from: { name: written?.name ?? '', email: own },
    to: mail.replyTo.length > 0 ? mail.replyTo : mail.from,
    subject: /^re:/i.test(mail.subject) ? mail.subject : `Re: ${mail.subject}`,
    text: `${text}\n\nOn ${when}, ${writer} wrote:\n${quoted}\n`,
    inReplyTo: mail.messageId,
    references: [...mail.references, ...(mail.messageId === null ? [] : [mail.messageId])],
  };
}
