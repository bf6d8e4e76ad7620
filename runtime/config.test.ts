import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { childEnvironment, readConfig, readLogLevel, readStackConfig } from './config.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postkeep-config-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const given = (more: Record<string, string> = {}) => ({
  POSTKEEP_DATA: folder,
  DATABASE_URL: 'postgres://localhost/postkeep',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  SMTP_URL: 'smtp://127.0.0.1:2500',
  ...more,
});

describe('readConfig', () => {
  test('gives the defaults of the contract when little is set', () => {
    const config = readConfig(given());
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      smtpPort: 2525,
      lmtpPort: null,
      publicUrl: 'http://127.0.0.1:3000',
      reopenWindowMs: 14 * 24 * 3_600_000,
      attachmentBytesMax: 10_485_760,
      mailBytesMax: 26_214_400,
      temporal: { address: '127.0.0.1:7233', namespace: 'default', tls: false, apiKey: null },
    });
  });

  test('names every wrong variable at once, with the value and what to write', () => {
    const read = () =>
      readConfig(given({ PORT: 'http', SMTP_URL: 'localhost', REOPEN_WINDOW: '14' }));
    expect(read).toThrow(/PORT is "http": write a whole number from 0 to 65535/);
    expect(read).toThrow(/SMTP_URL is "localhost": write an address that begins with smtp:/);
    expect(read).toThrow(/REOPEN_WINDOW is "14": write a time with its unit/);
  });

  test('names a missing variable and how to get around without it', () => {
    expect(() => readConfig({ POSTKEEP_DATA: folder })).toThrow(
      /DATABASE_URL is not set, and no Postkeep runs from .*: start one with npm start/,
    );
  });

  test('takes what is not set from the Postkeep that runs from the same data folder', () => {
    const run = {
      url: 'http://127.0.0.1:3000',
      smtp: { host: '127.0.0.1', port: 2525 },
      temporal: { address: '127.0.0.1:4444', uiUrl: null },
      catcherUrl: null,
      databaseUrl: 'postgres://running/postkeep',
      smtpUrl: 'smtp://127.0.0.1:4445',
      pid: 1,
      processes: {},
    };
    writeFileSync(join(folder, 'run.json'), JSON.stringify(run));
    const config = readConfig({ POSTKEEP_DATA: folder, TEMPORAL_ADDRESS: 'other:7233' });
    expect(config.databaseUrl).toBe('postgres://running/postkeep');
    expect(config.temporal.address).toBe('other:7233');
    expect(config.smtpUrl).toBe('smtp://127.0.0.1:4445');
  });

  test('makes a secret once, readable by its owner only', () => {
    const first = readConfig(given()).secret;
    expect(first.length).toBeGreaterThanOrEqual(43);
    expect(readConfig(given()).secret).toBe(first);
    expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600);
    expect(readConfig(given({ POSTKEEP_SECRET: 'mine' })).secret).toBe('mine');
  });

  test('keeps files in the data folder, or in the bucket that BLOB_STORE names', () => {
    expect(readConfig(given()).blobStore).toBeNull();
    const keys = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' };
    const at = 's3://kept-files/desk/one?region=eu-north-1&endpoint=https://s3.example:9000';
    expect(readConfig(given({ BLOB_STORE: at, ...keys })).blobStore).toEqual({
      bucket: 'kept-files',
      prefix: 'desk/one/',
      region: 'eu-north-1',
      endpoint: 'https://s3.example:9000',
      pathStyle: true,
      credentials: { accessKeyId: 'id', secretAccessKey: 'key', sessionToken: null },
    });
    const amazons = readConfig(given({ BLOB_STORE: 's3://kept-files', AWS_REGION: 'eu-west-1' }));
    expect(amazons.blobStore).toMatchObject({
      ...{ prefix: '', region: 'eu-west-1', endpoint: null, pathStyle: false, credentials: null },
    });
    const wrong = (value: string) => () => readConfig(given({ BLOB_STORE: value }));
    expect(wrong('/var/mail')).toThrow(/BLOB_STORE is "\/var\/mail": write an address/);
    expect(wrong('s3://B_')).toThrow(/"B_" is no name of a bucket/);
    expect(wrong('s3://id:secret@kept-files')).toThrow(/AWS_ACCESS_KEY_ID/);
    expect(wrong('s3://id:secret@kept-files')).not.toThrow(/secret@/);
    expect(wrong('s3://kept-files?zone=1')).toThrow(/no "zone"/);
    expect(wrong('s3://kept-files?endpoint=minio')).toThrow(/"minio" is no web address/);
    expect(() =>
      readConfig(given({ BLOB_STORE: 's3://kept-files', AWS_ACCESS_KEY_ID: 'id' })),
    ).toThrow(/belong together/);
  });

  test('asks the virus scanner at an address, or at a socket of the machine', () => {
    const at = (CLAMD_ADDRESS: string) => readConfig(given({ CLAMD_ADDRESS })).clamdAddress;
    expect(readConfig(given()).clamdAddress).toBeNull();
    expect(at('clamav:3310')).toBe('clamav:3310');
    expect(at('/run/clamav/clamd.ctl')).toBe('/run/clamav/clamd.ctl');
    expect(() => at('clamav')).toThrow(/CLAMD_ADDRESS is "clamav": write HOST:PORT/);
  });

  test('asks Temporal over TLS when an API key or a certificate is given', () => {
    expect(readConfig(given({ TEMPORAL_API_KEY: 'k' })).temporal.tls).toBe(true);
    expect(() => readConfig(given({ TEMPORAL_TLS_CLIENT_CERT_PATH: 'a.pem' }))).toThrow(
      /TEMPORAL_TLS_CLIENT_KEY_PATH belong together/,
    );
  });
});

describe('readStackConfig', () => {
  test('leaves open what npm start is to bring itself', () => {
    const config = readStackConfig({ POSTKEEP_DATA: folder, PG_PORT: '0', POSTKEEP_DEMO: '0' });
    expect(config).toMatchObject({
      databaseUrl: null,
      temporal: { address: null },
      smtpUrl: null,
      pgPort: 0,
      temporalPort: 7233,
      temporalUiPort: 8233,
      catcherPort: 1080,
      demo: false,
    });
  });

  test('reaches a listener on all interfaces by loopback', () => {
    expect(readStackConfig({ HOST: '0.0.0.0' }).publicUrl).toBe('http://127.0.0.1:3000');
    expect(readStackConfig({ HOST: '::', PORT: '80' }).publicUrl).toBe('http://[::1]:80');
  });
});

test('a wrong LOG_LEVEL does not stop the logger that has to report it', () => {
  expect(readLogLevel({ LOG_LEVEL: 'loud' })).toBe('info');
  expect(() => readStackConfig({ LOG_LEVEL: 'loud' })).toThrow(/LOG_LEVEL is "loud"/);
});

test('a child gets the changed environment, without what was taken away', () => {
  expect(childEnvironment({ B: null, C: '3' }, { A: '1', B: '2' })).toEqual({ A: '1', C: '3' });
});
