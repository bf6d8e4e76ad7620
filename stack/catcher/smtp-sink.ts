import { SMTPServer } from 'smtp-server';
import type { Logger } from '../../runtime/logger.ts';
import type { MailShelf } from './mail-shelf.ts';

/** More than Postkeep ever sends (25 MiB, a third more in base64). */
const MAIL_BYTES_MAX = 50 * 1_048_576;

/** Takes every mail for every address and puts it on the shelf before it says so. */
export function createSmtpSink(shelf: MailShelf, log: Logger): SMTPServer {
  const server = new SMTPServer({
    name: 'catcher',
    banner: 'Postkeep mail catcher',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: MAIL_BYTES_MAX,
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
        const to = session.envelope.rcptTo.map(({ address }) => address);
        shelf.add(Buffer.concat(chunks), { from, to }).then(
          (mail) => {
            log.info({ mail: mail.id, bytes: mail.sizeBytes }, 'caught a mail');
            callback(null, `caught as ${mail.id}`);
          },
          (error: unknown) => {
            log.error({ err: error }, 'a mail could not be kept');
            callback(new Error('could not be kept, try again'));
          },
        );
      });
    },
  });
  // A client that hangs up is its own affair.
  server.on('error', (error) => log.debug({ err: error }, 'an SMTP connection failed'));
  return server;
}
