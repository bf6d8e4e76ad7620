import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { type AssistantConfig, readAssistant } from './assistant-setting.ts';
import { type S3Settings, readBlobStore, readClamdAddress } from './blob-store-setting.ts';
import { createEnvReader, type Environment, type EnvReader } from './env-reader.ts';
import { readNameServers } from './name-servers-setting.ts';
import { readRunFile } from './run-file.ts';
import { readOrMakeSecret } from './secret.ts';

export { ConfigError } from './env-reader.ts';
export type { Environment } from './env-reader.ts';
export type { S3Settings } from './blob-store-setting.ts';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What every part of Postkeep shares; docs/settings.md lists the variables. */
export interface SharedConfig extends AssistantConfig {
  /** The address that everything listens on. */
  host: string;
  /** TCP ports; 0 asks for any free one. */
  port: number;
  smtpPort: number;
  /** null: no LMTP listener. */
  lmtpPort: number | null;
  dataFolder: string;
  /** Where people reach the console, without a slash at the end. */
  publicUrl: string;
  /** The API believes X-Forwarded-* headers: only right behind a proxy of one's own. */
  trustProxy: boolean;
  logLevel: LogLevel;
  /** How long a solved ticket can be reopened by the customer. */
  reopenWindowMs: number;
  /** A test knob: continue as new after so many history events; null: when Temporal suggests it. */
  continueAsNewEvents: number | null;
  attachmentBytesMax: number;
  mailBytesMax: number;
  companyBytesMax: number;
  /** Older entries of the audit log are cleared. */
  auditKeepDays: number;
  /** Connections to Postgres that one process holds at most. */
  databasePoolMax: number;
  /** Name servers for checking senders; null: the system's; 'off': senders are not checked. */
  nameServers: readonly string[] | null | 'off';
  /** Where raw mails and files are kept; null: in the data folder. */
  blobStore: S3Settings | null;
  /** HOST:PORT or the path of a socket; null: nobody looks for viruses. */
  clamdAddress: string | null;
}

export interface TemporalConfig {
  address: string;
  namespace: string;
  tls: boolean;
  apiKey: string | null;
  /** PEM files of mutual TLS; null where the platform's defaults do. */
  tlsFiles: { ca: string | null; cert: string | null; key: string | null };
}

/** The settings of one process (API, worker, mail-in, admin tool). */
export interface Config extends SharedConfig, SecretsConfig {
  databaseUrl: string;
  temporal: TemporalConfig;
  /** Where mail goes out: smtp:// or smtps://. */
  smtpUrl: string;
}

export interface SecretsConfig {
  /** Keys the HMAC of `local+TOKEN@domain` addresses, and seals the secrets of mailboxes. */
  secret: string;
  /** Secrets before it, under which what was sealed still opens. */
  oldSecrets: readonly string[];
}

/** The settings of `npm start`: null where the embedded part is to be started. */
export interface StackConfig extends SharedConfig {
  databaseUrl: string | null;
  temporal: Omit<TemporalConfig, 'address'> & { address: string | null };
  smtpUrl: string | null;
  /** PUBLIC_URL as it was given; null: follows from the API's port. */
  givenPublicUrl: string | null;
  temporalPort: number;
  temporalUiPort: number;
  pgPort: number;
  catcherPort: number;
  /** First start makes demo content. */
  demo: boolean;
  /** The `temporal` program to use before any other; null: search. */
  temporalCliPath: string | null;
  /** Folders of PATH, in order. */
  programFolders: readonly string[];
  /** Kept between clones: the Temporal program that was built. */
  cacheFolder: string;
}

const PORT_MAX = 65_535;
/** Contract: product.md, "Lifecycle". */
const REOPEN_WINDOW_MS = 14 * 86_400_000;
/** Contract: 10 MiB a file and 25 MiB a mail, the size that most providers accept. */
const ATTACHMENT_BYTES_MAX = 10 * 1_048_576;
const MAIL_BYTES_MAX = 25 * 1_048_576;
/** A year of changes. Of the last month the database lets none be cleared. */
const [AUDIT_DAYS, AUDIT_DAYS_MIN, AUDIT_DAYS_MAX] = [365, 30, 36_500];
/** 3 processes × 10 stay far below Postgres' default of 100 connections. */
const DATABASE_POOL_MAX = 10;
const POSTGRES_PROTOCOLS = ['postgres:', 'postgresql:'];
const SMTP_PROTOCOLS = ['smtp:', 'smtps:'];

/**
 * Reads the settings of one process. What is not given is taken from the Postkeep that runs from
 * the same data folder, so that the admin tool needs no settings beside `npm start`.
 * @throws ConfigError naming each variable that is missing or wrong.
 */
export function readConfig(env: Environment = process.env): Config {
  const reader = createEnvReader(env);
  const shared = readShared(reader);
  const temporal = readTemporal(reader);
  const given = {
    databaseUrl: reader.url('DATABASE_URL', POSTGRES_PROTOCOLS),
    smtpUrl: reader.url('SMTP_URL', SMTP_PROTOCOLS),
  };
  const running = readRunFile(shared.dataFolder);
  const need = (name: string, value: string | null | undefined, example: string): string => {
    if (value === null || value === undefined) {
      reader.problem(
        `${name} is not set, and no Postkeep runs from ${shared.dataFolder}: ` +
          `start one with npm start, or set ${name}, such as ${example}.`,
      );
    }
    return value ?? '';
  };
  const config: Config = {
    ...shared,
    databaseUrl: need(
      'DATABASE_URL',
      given.databaseUrl ?? running?.databaseUrl,
      'postgres://user:password@host:5432/postkeep',
    ),
    temporal: {
      ...temporal,
      address: need(
        'TEMPORAL_ADDRESS',
        temporal.address ?? running?.temporal.address,
        '127.0.0.1:7233',
      ),
    },
    smtpUrl: need('SMTP_URL', given.smtpUrl ?? running?.smtpUrl, 'smtp://user:password@host:587'),
    secret: '',
    oldSecrets: [],
  };
  reader.finish();
  return { ...config, ...readSecrets(env) };
}

/** POSTKEEP_SECRET, or the one that the data folder keeps; and what it was before. */
export function readSecrets(env: Environment = process.env): SecretsConfig {
  const reader = createEnvReader(env);
  const { dataFolder } = readShared(reader);
  const secret = reader.text('POSTKEEP_SECRET') ?? readOrMakeSecret(dataFolder, 'secret');
  const oldSecrets = (reader.text('POSTKEEP_OLD_SECRETS') ?? '').split(/\s+/).filter(Boolean);
  return { secret, oldSecrets };
}

/**
 * Where the data is, for tools that need nothing else: DATABASE_URL, or the database of the
 * Postkeep that runs from the same data folder.
 * @throws ConfigError when there is neither
 */
export function readDatabaseUrl(env: Environment = process.env): string {
  const reader = createEnvReader(env);
  const { dataFolder } = readShared(reader);
  const url = reader.url('DATABASE_URL', POSTGRES_PROTOCOLS);
  const found = url ?? readRunFile(dataFolder)?.databaseUrl;
  if (found === undefined) {
    reader.problem(
      `DATABASE_URL is not set, and no Postkeep runs from ${dataFolder}: start one with ` +
        'npm start, or set DATABASE_URL, such as postgres://user:password@host:5432/postkeep.',
    );
  }
  reader.finish();
  return found ?? '';
}

/**
 * Reads the settings of `npm start` and of the throw-away services of tests.
 * @throws ConfigError naming each variable that is wrong.
 */
export function readStackConfig(env: Environment = process.env): StackConfig {
  const reader = createEnvReader(env);
  const config: StackConfig = {
    ...readShared(reader),
    databaseUrl: reader.url('DATABASE_URL', POSTGRES_PROTOCOLS),
    temporal: readTemporal(reader),
    smtpUrl: reader.url('SMTP_URL', SMTP_PROTOCOLS),
    givenPublicUrl: reader.url('PUBLIC_URL', ['http:', 'https:']),
    temporalPort: reader.integer('TEMPORAL_PORT', 7233, 0, PORT_MAX),
    temporalUiPort: reader.integer('TEMPORAL_UI_PORT', 8233, 0, PORT_MAX),
    pgPort: reader.integer('PG_PORT', 54329, 0, PORT_MAX),
    catcherPort: reader.integer('CATCHER_PORT', 1080, 0, PORT_MAX),
    demo: reader.flag('POSTKEEP_DEMO', true),
    temporalCliPath: reader.text('TEMPORAL_CLI_PATH'),
    programFolders: (env.PATH ?? '').split(process.platform === 'win32' ? ';' : ':'),
    cacheFolder: join(homedir(), '.cache', 'postkeep'),
  };
  reader.finish();
  return config;
}

/** The level of LOG_LEVEL; a wrong one is `info` here and refused by `readConfig`. */
export function readLogLevel(env: Environment = process.env): LogLevel {
  return createEnvReader(env).choice('LOG_LEVEL', 'info', LOG_LEVELS);
}

/** The same Chromium without a window takes a third less of the processor. */
const CHROMIUM_PATHS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'] as const;

/** The browser of the journey tests: Debian's, unless CHROMIUM_PATH names another. */
export function readChromiumPath(env: Environment = process.env): string {
  const named = createEnvReader(env).text('CHROMIUM_PATH');
  return named ?? CHROMIUM_PATHS.find((path) => existsSync(path)) ?? CHROMIUM_PATHS[1];
}

/** Whether a supervisor holds this process' standard input and obeys its end (shutdown.ts). */
export function isSupervised(env: Environment = process.env): boolean {
  return env.POSTKEEP_SUPERVISED === '1';
}

/** The environment for a child process: our own with these changes; null takes a variable away. */
export function childEnvironment(
  changes: Readonly<Record<string, string | null>>,
  env: Environment = process.env,
): Record<string, string> {
  const merged = Object.entries({ ...env, ...changes });
  return Object.fromEntries(
    merged.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function readShared(reader: EnvReader): SharedConfig {
  const host = reader.text('HOST') ?? '127.0.0.1';
  const port = reader.integer('PORT', 3000, 0, PORT_MAX);
  const publicUrl = reader.url('PUBLIC_URL', ['http:', 'https:']);
  return {
    host,
    port,
    smtpPort: reader.integer('SMTP_PORT', 2525, 0, PORT_MAX),
    lmtpPort: reader.integer('LMTP_PORT', null, 0, PORT_MAX),
    dataFolder: resolve(reader.text('POSTKEEP_DATA') ?? '.postkeep'),
    publicUrl: (publicUrl ?? `http://${reachableHost(host)}:${port}`).replace(/\/+$/, ''),
    trustProxy: reader.flag('TRUST_PROXY', false),
    logLevel: reader.choice('LOG_LEVEL', 'info', LOG_LEVELS),
    reopenWindowMs: reader.durationMs('REOPEN_WINDOW', REOPEN_WINDOW_MS),
    continueAsNewEvents: reader.integer('CONTINUE_AS_NEW_EVENTS', null, 1, 50_000),
    attachmentBytesMax: reader.bytes('ATTACHMENT_BYTES_MAX', ATTACHMENT_BYTES_MAX),
    companyBytesMax: reader.bytes('COMPANY_BYTES_MAX', Infinity),
    auditKeepDays: reader.integer('AUDIT_KEEP_DAYS', AUDIT_DAYS, AUDIT_DAYS_MIN, AUDIT_DAYS_MAX),
    mailBytesMax: reader.bytes('MAIL_BYTES_MAX', MAIL_BYTES_MAX),
    databasePoolMax: reader.integer('DATABASE_POOL_MAX', DATABASE_POOL_MAX, 1, 1_000),
    nameServers: readNameServers(reader),
    blobStore: readBlobStore(reader),
    clamdAddress: readClamdAddress(reader),
    ...readAssistant(reader),
  };
}

function readTemporal(reader: EnvReader): StackConfig['temporal'] {
  const apiKey = reader.text('TEMPORAL_API_KEY');
  const tlsFiles = {
    ca: reader.text('TEMPORAL_TLS_SERVER_CA_CERT_PATH'),
    cert: reader.text('TEMPORAL_TLS_CLIENT_CERT_PATH'),
    key: reader.text('TEMPORAL_TLS_CLIENT_KEY_PATH'),
  };
  const anyFile = Object.values(tlsFiles).some((file) => file !== null);
  if ((tlsFiles.cert === null) !== (tlsFiles.key === null)) {
    reader.problem(
      'TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH belong together: ' +
        'set both or none.',
    );
  }
  return {
    address: reader.hostPort('TEMPORAL_ADDRESS'),
    namespace: reader.text('TEMPORAL_NAMESPACE') ?? 'default',
    tls: reader.flag('TEMPORAL_TLS', apiKey !== null || anyFile),
    apiKey,
    tlsFiles,
  };
}

/** The address to reach a listener by: one on all interfaces is reached on loopback. */
export function reachableHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
