import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';

import { openImapSession } from '../inbound/imap-session.ts';
import { TRY_CONNECT_MS, TRY_SEND_LIMITS } from '../limits.ts';
import { cleanWords } from '../outbound/send-outcome.ts';
import { openConnection, quit } from '../outbound/smtp-connections.ts';
import type { SmtpServerAddress } from '../outbound/smtp-url.ts';
import type { MailServer } from './mail-server.ts';
import { problemOf, ServerProblem } from './server-problem.ts';
import type { ServerStep } from './server-problem.ts';

/** A step that was tried with a server, and in words what was wrong. */
export interface TriedStep {
  step: ServerStep;
  ok: boolean;
  error?: string;
}

/** Tries to read a mailbox, and changes nothing in it. */
export function tryIncoming(server: MailServer, folder: string): Promise<TriedStep[]> {
  const steps = stepsFor(server.tls !== 'none', server.login !== null, ['folder']);
  return tried(steps, server, async () => {
    await reach(server);
    const session = await openImapSession(server, folder, { readOnly: true });
    await session.close();
  });
}

/**
 * Tries to send from an address to one, up to the recipient being accepted (RFC 5321, 3.3), and
 * takes it back: no mail leaves.
 */
export function tryOutgoing(
  server: SmtpServerAddress,
  mail: { from: string; to: string },
): Promise<TriedStep[]> {
  const hasTls = server.secure || server.requireTLS;
  const steps = stepsFor(hasTls, server.auth !== null, ['sender', 'relay']);
  return tried(steps, server, async () => {
    await reach(server);
    const asked: { problem: ServerProblem | null } = { problem: null };
    const customAuth = {
      ENVELOPE: async ({ sendCommand }: { sendCommand: SendCommand }) => {
        asked.problem = await envelopeProblem(sendCommand, mail);
      },
    };
    const { connection, broken } = await openConnection(server, TRY_SEND_LIMITS, { customAuth });
    try {
      const done = new Promise<void>((resolve, reject) => {
        connection.login({ method: 'ENVELOPE', user: '', pass: '' }, (error) =>
          error ? reject(error) : resolve(),
        );
      });
      await Promise.race([broken, done]);
    } finally {
      quit(connection);
    }
    if (asked.problem) throw asked.problem;
  });
}

type SendCommand = (command: string) => Promise<{ status: number; response: string }>;

/** Says MAIL, RCPT and RSET, and nothing else. */
async function envelopeProblem(
  sendCommand: SendCommand,
  { from, to }: { from: string; to: string },
): Promise<ServerProblem | null> {
  const sender = await sendCommand(`MAIL FROM:<${from}>`);
  if (sender.status >= 300) {
    const words = `The server does not let ${from} send: ${cleanWords(sender.response)}`;
    return new ServerProblem('sender', words);
  }
  const recipient = await sendCommand(`RCPT TO:<${to}>`);
  await sendCommand('RSET');
  if (recipient.status < 300) return null;
  const words = `The server relays no mail to ${to}: ${cleanWords(recipient.response)}`;
  return new ServerProblem('relay', words);
}

function stepsFor(
  hasTls: boolean,
  hasLogin: boolean,
  last: readonly ServerStep[],
): readonly ServerStep[] {
  const tls: ServerStep[] = hasTls ? ['tls'] : [];
  const login: ServerStep[] = hasLogin ? ['login'] : [];
  return ['dns', 'connection', ...tls, ...login, ...last];
}

/** What went well before the fault went well; what comes after it was not tried. */
export async function tried(
  steps: readonly ServerStep[],
  server: { host: string; port: number },
  attempt: () => Promise<void>,
): Promise<TriedStep[]> {
  try {
    await attempt();
    return steps.map((step) => ({ step, ok: true }));
  } catch (error) {
    const { step, message } = problemOf(error, server);
    const place = steps.indexOf(step);
    const before = steps.slice(0, place < 0 ? 0 : place).map((one) => ({ step: one, ok: true }));
    return [...before, { step, ok: false, error: message }];
  }
}

/** The name has an address, and something listens there. */
async function reach({ host, port }: { host: string; port: number }): Promise<void> {
  const { address } = await lookup(host);
  await new Promise<void>((resolve, reject) => {
    const socket = connect({ host: address, port, timeout: TRY_CONNECT_MS });
    const end = (error?: Error) => {
      socket.destroy();
      if (error) reject(error);
      else resolve();
    };
    socket.once('connect', () => end());
    socket.once('error', end);
    socket.once('timeout', () => end(Object.assign(new Error('late'), { code: 'ETIMEDOUT' })));
  });
}
