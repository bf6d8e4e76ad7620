import { StartError } from './start-error.ts';
import { parseBytes, parseDurationMs } from './quantity.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Start-up stops with this; its message names every variable that is wrong and what to write. */
export class ConfigError extends StartError {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `Postkeep cannot start with these settings:\n${problems.map((p) => `  ${p}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

export type EnvReader = ReturnType<typeof createEnvReader>;

/**
 * Typed reads of single variables. A bad value is noted, not thrown, so that one start shows all of
 * them; `finish` throws a `ConfigError` when there was any. An empty value counts as not set.
 */
export function createEnvReader(env: Environment) {
  const problems: string[] = [];
  const raw = (name: string) => (env[name]?.trim() === '' ? undefined : env[name]?.trim());
  const refuse = (name: string, value: string, wanted: string) =>
    void problems.push(`${name} is ${JSON.stringify(value)}: ${wanted}`);

  function parsed<T>(name: string, fallback: T, parse: (v: string) => T | null, wanted: string): T {
    const value = raw(name);
    if (value === undefined) return fallback;
    const result = parse(value);
    if (result === null) refuse(name, value, wanted);
    return result ?? fallback;
  }

  return {
    problem: (sentence: string) => void problems.push(sentence),
    text: (name: string): string | null => raw(name) ?? null,
    integer: <T extends number | null>(name: string, fallback: T, min: number, max: number) =>
      parsed<number | T>(
        name,
        fallback,
        (value) => (/^\d+$/.test(value) ? within(Number(value), min, max) : null),
        `write a whole number from ${min} to ${max}.`,
      ),
    flag: (name: string, fallback: boolean) =>
      parsed(name, fallback, parseFlag, 'write 1 (on) or 0 (off).'),
    choice: <T extends string>(name: string, fallback: T, choices: readonly T[]) =>
      parsed(
        name,
        fallback,
        (value) => choices.find((choice) => choice === value) ?? null,
        `write one of ${choices.join(', ')}.`,
      ),
    durationMs: (name: string, fallback: number) =>
      parsed(name, fallback, parseDurationMs, 'write a time with its unit, such as 20s or 14d.'),
    bytes: (name: string, fallback: number) =>
      parsed(name, fallback, parseBytes, 'write a size with its unit, such as 10MiB.'),
    url: (name: string, protocols: readonly string[]) =>
      parsed<string | null>(
        name,
        null,
        (value) => parseUrl(value, protocols),
        `write an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}.`,
      ),
    hostPort: (name: string) =>
      parsed<string | null>(
        name,
        null,
        (value) => (/^(\[[0-9a-fA-F:]+\]|[^\s:/]+):\d{1,5}$/.test(value) ? value : null),
        'write HOST:PORT without a protocol, such as 127.0.0.1:7233.',
      ),
    finish: () => {
      if (problems.length > 0) throw new ConfigError(problems);
    },
  };
}

function within(value: number, min: number, max: number): number | null {
  return value >= min && value <= max ? value : null;
}

function parseFlag(value: string): boolean | null {
  if (['1', 'true', 'yes', 'on'].includes(value.toLowerCase())) return true;
  return ['0', 'false', 'no', 'off'].includes(value.toLowerCase()) ? false : null;
}

function parseUrl(value: string, protocols: readonly string[]): string | null {
  if (!URL.canParse(value)) return null;
  return protocols.includes(new URL(value).protocol) ? value : null;
}
