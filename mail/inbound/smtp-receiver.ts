import type { AddressInfo } from 'node:net';
import type { SMTPServer, SMTPServerAddress } from 'smtp-server';
import type { Logger } from '../../runtime/logger.ts';
import { normaliseAddress } from '../address.ts';
import {
  CONNECTIONS_MAX,
  CONNECTIONS_PER_ADDRESS_MAX,
  FLOOD_BURST_MAILS,
  FLOOD_MAILS_PER_SECOND,
  RECEIVE_DATA_GRACE_MS,
  RECEIVE_DATA_IDLE_MS,
  RECEIVE_IDLE_MS,
  RECEIVE_MAIL_MS_MAX,
  RECIPIENTS_MAX,
  STOP_RECEIVING_MS,
} from '../limits.ts';
import { createFloodBrake } from './flood-brake.ts';
import { type ConnectionLimits, PromptSmtpServer } from './prompt-server.ts';
import { type DataLimits, type MailArrival, createReceiveMail } from './receive-mail.ts';
import { SmtpReply, asReply } from './smtp-reply.ts';

export type { MailArrival } from './receive-mail.ts';

export interface SmtpReceiverOptions {
  host: string;
  /** 0 for any free port. */
  port: number;
  /** Speak LMTP (RFC 2033) instead of SMTP: one reply for each recipient after DATA. */
  lmtp?: boolean;
  sizeMaxBytes: number;
  /** False is answered with 550, a rejection with 451. */
  isRecipient: (address: string) => Promise<boolean>;
  /** The mail is acknowledged when this resolves; a rejection is answered with 451. */
  take: (arrival: MailArrival) => Promise<void>;
  logger: Logger;
  /** How fast one address may send before it is made to wait. */
  flood?: { burst: number; perSecond: number };
  limits?: Partial<ConnectionLimits & DataLimits>;
}

const LIMITS: ConnectionLimits & DataLimits = {
  connectionsMax: CONNECTIONS_MAX,
  connectionsPerAddressMax: CONNECTIONS_PER_ADDRESS_MAX,
  dataGraceMs: RECEIVE_DATA_GRACE_MS,
  dataIdleMs: RECEIVE_DATA_IDLE_MS,
  dataMs: RECEIVE_MAIL_MS_MAX,
};

export interface SmtpReceiver {
  /** @throws when the port is taken (`code` EADDRINUSE) or not allowed */
  start(): Promise<{ port: number }>;
  /** Takes no more mail, lets mails under way come to their answer, and closes. */
  stop(): Promise<void>;
}

export function createSmtpReceiver(options: SmtpReceiverOptions): SmtpReceiver {
  const { logger, lmtp = false } = options;
  const flood = options.flood ?? { burst: FLOOD_BURST_MAILS, perSecond: FLOOD_MAILS_PER_SECOND };
  const brake = createFloodBrake(flood.burst, flood.perSecond);
  const limits = { ...LIMITS, ...options.limits };
  let isStopping = false;
  const settings: ConstructorParameters<typeof PromptSmtpServer>[0] = {
    lmtp,
    size: options.sizeMaxBytes,
    maxRecipients: RECIPIENTS_MAX,
    socketTimeout: RECEIVE_IDLE_MS,
    closeTimeout: STOP_RECEIVING_MS,
    banner: 'Postkeep',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    hideENHANCEDSTATUSCODES: false,
    logger: false,
    onMailFrom(_address, session, callback) {
      const waitMs = brake.waitMs(session.remoteAddress, Date.now());
      if (waitMs === 0) callback();
      else setTimeout(callback, waitMs);
    },
    onRcptTo(address, _session, callback) {
      checkRecipient(options, address).then(
        () => callback(),
        (error: unknown) => callback(asReply(error)),
      );
    },
    onData(stream, session, callback) {
      receive(stream, session)
        .then(
          () => callback(null, 'OK: stored'),
          (error: unknown) => callback(asReply(error)),
        )
        .finally(() => {
          if (isStopping) setImmediate(() => server.dismiss((id) => id === session.id));
        })
        .catch((error: unknown) => logger.error({ err: error }, 'an SMTP answer was not sent'));
    },
  };
  const server = new PromptSmtpServer(settings, limits);
  const receive = createReceiveMail(options, limits, {
    busy: server.busy,
    hangUp: (id) => server.dismiss((other) => other === id),
  });
  server.on('error', (error) => logger.warn({ err: error }, 'an SMTP connection failed'));

  return {
    start: () => listen(server, options.host, options.port),
    async stop() {
      isStopping = true;
      const closed = new Promise<void>((resolve) => {
        server.close(resolve);
      });
      server.dismiss((id) => !server.busy.has(id));
      await closed;
    },
  };
}

function listen(server: SMTPServer, host: string, port: number): Promise<{ port: number }> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error): void => reject(error);
    server.server.once('error', onError);
    server.listen(port, host, () => {
      server.server.off('error', onError);
      resolve({ port: portOf(server.server.address(), port) });
    });
  });
}

function portOf(address: AddressInfo | string | null, asked: number): number {
  return typeof address === 'object' && address !== null ? address.port : asked;
}

async function checkRecipient(
  { isRecipient, logger }: SmtpReceiverOptions,
  { address }: SMTPServerAddress,
): Promise<void> {
  const normalised = normaliseAddress(address);
  if (normalised === null) throw new SmtpReply(550, 'No such mailbox here');
  const isKnown = await isRecipient(normalised).catch((error: unknown) => {
    logger.error({ err: error }, 'the mailbox of a recipient could not be looked up');
    throw error;
  });
  if (!isKnown) throw new SmtpReply(550, 'No such mailbox here');
}
