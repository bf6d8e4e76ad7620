import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';
import { readLogLevel } from './config.ts';

export type { Logger } from 'pino';

const STDERR = 2;

/**
 * What people wrote and what opens doors never reaches a log, wherever a whole object was logged by
 * mistake. Log ids and facts.
 */
const NEVER_LOGGED = ['text', 'html', 'body', 'raw', 'content', 'password', 'token', 'secret'];
const HEADERS_NEVER_LOGGED = ['authorization', 'cookie', '["set-cookie"]'];

const root = pino(
  {
    level: readLogLevel(),
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      censor: '[not logged]',
      paths: [
        ...NEVER_LOGGED,
        ...NEVER_LOGGED.map((name) => `*.${name}`),
        ...HEADERS_NEVER_LOGGED.map((name) =>
          name.startsWith('[') ? `req.headers${name}` : `req.headers.${name}`,
        ),
      ],
    },
  },
  destination(),
);

/** Standard output belongs to what a person or script asked for; logs go to standard error. */
function destination() {
  if (!process.stderr.isTTY) return pino.destination({ fd: STDERR, sync: true });
  return pretty({
    destination: STDERR,
    sync: true,
    ignore: 'pid,hostname,room',
    messageFormat: '{room}: {msg}',
    translateTime: 'SYS:HH:MM:ss',
  });
}

const room = (name: string): Logger => root.child({ room: name });

export const apiLog = room('api');
export const catcherLog = room('catcher');
export const cliLog = room('cli');
export const databaseLog = room('database');
export const mailInLog = room('mail-in');
export const stackLog = room('stack');
/** Temporal's own SDK, told apart from our worker. */
export const temporalLog = room('temporal');
export const testLog = room('test');
export const workerLog = room('worker');
