import type { Credentials } from '../../cli/credentials.ts';
import { firstRun } from '../../cli/first-run.ts';
import { migrate } from '../../database/migrate.ts';
import type { StackConfig } from '../../runtime/config.ts';
import type { Logger } from '../../runtime/logger.ts';
import { PART_NAMES, type PartName, type RunFile } from '../../runtime/run-file.ts';
import { StartError } from '../../runtime/start-error.ts';
import { type Addresses, chooseAddresses, processEnvironment, type Services } from './addresses.ts';
import { ensureConsole } from './console-build.ts';
import { type DataFolder, takeDataFolder } from './data-folder.ts';
import { type KeptPart, keepRunning, type PartDefinition } from './kept-part.ts';
import {
  catcherPart,
  ENTRIES,
  type EntryName,
  type PartContext,
  postgresPart,
  processPart,
  temporalPart,
} from './parts.ts';

export interface PostkeepOptions {
  config: StackConfig;
  log: Logger;
  /** One line at a time for the person who waits. */
  progress: (line: string) => void;
  /** Other programs in the place of our own processes, for tests. */
  entries?: Partial<Record<EntryName, string>>;
}

export interface Started {
  run: RunFile;
  /** What the first start of this data folder has made; null at later ones. */
  made: Credentials | null;
}

/** Whoever takes from outside ends first, then what works for them, then what keeps it. */
const STOP_ORDER: readonly (readonly PartName[])[] = [
  ['api', 'mailIn'],
  ['worker'],
  ['catcher'],
  ['temporal', 'postgres'],
];

/** The process tree of `npm start`: starts it, keeps it running, ends it in order. */
export class Postkeep {
  readonly #options: PostkeepOptions;
  readonly #parts = new Map<PartName, KeptPart>();
  #folder: DataFolder | null = null;
  #run: RunFile | null = null;
  #stopping: Promise<void> | null = null;
  /** Aborted by the stop: for parts, downloads and builds that are on their way. */
  readonly #aborter = new AbortController();
  readonly #starting = new Set<Promise<unknown>>();

  constructor(options: PostkeepOptions) {
    this.#options = options;
  }

  /**
   * Resolves when every part is ready and `run.json` is written.
   * @throws StartError with a message for people; nothing runs any more then
   */
  async start(): Promise<Started> {
    try {
      return await this.#start();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Ends everything in order; can be called at any moment, and again. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  /** Ends these parts; they are started again at once. */
  async restart(names: readonly PartName[]): Promise<void> {
    await Promise.all(this.#kept(names).map((part) => part.restart()));
  }

  async #start(): Promise<Started> {
    const { config, log, progress } = this.#options;
    this.#folder = await takeDataFolder(config.dataFolder, log);
    const addresses = await chooseAddresses(config);
    const entries = { ...ENTRIES, ...this.#options.entries };
    const context: PartContext = { config, addresses, log, progress, entries };
    const [services] = await Promise.all([
      this.#startServices(context),
      this.#begin(ensureConsole({ log, progress, signal: this.#aborter.signal })),
    ]);
    const env = processEnvironment(config, addresses, services);
    await Promise.all([
      this.#keep(processPart(context, 'worker', env)),
      this.#keep(processPart(context, 'api', env)),
      this.#keep(processPart(context, 'mailIn', env)),
      addresses.catcher === null
        ? Promise.resolve()
        : this.#keep(catcherPart(context, addresses.catcher, env)),
    ]);
    this.#refuseWhenStopping();
    this.#run = describeRun(addresses, services, this.#pids());
    this.#folder.announce(this.#run);
    return { run: this.#run, made: services.made };
  }

  async #startServices(context: PartContext): Promise<Services & Pick<Started, 'made'>> {
    const { config, addresses } = context;
    const database = async () => {
      let url = config.databaseUrl;
      if (addresses.postgres !== null) {
        const postgres = postgresPart(context, addresses.postgres);
        await this.#keep(postgres.part);
        url = postgres.url;
      }
      if (url === null) throw new Error('there is neither DATABASE_URL nor a port for Postgres');
      try {
        await migrate(url);
      } catch (error) {
        if (addresses.postgres !== null) throw error;
        throw new StartError(`The database of DATABASE_URL cannot be used: ${wordsOf(error)}`);
      }
      const { dataFolder, demo } = config;
      return { url, made: await firstRun({ databaseUrl: url, dataFolder, demo }) };
    };
    const temporal = async (): Promise<string> => {
      if (addresses.temporal === null) return config.temporal.address ?? '';
      await this.#keep(temporalPart(context, addresses.temporal));
      return `${addresses.reach}:${addresses.temporal}`;
    };
    const [{ url: databaseUrl, made }, temporalAddress] = await Promise.all([
      database(),
      temporal(),
    ]);
    const caught = addresses.catcher && `smtp://${addresses.reach}:${addresses.catcher.smtp}`;
    return { databaseUrl, temporalAddress, smtpUrl: config.smtpUrl ?? caught ?? '', made };
  }

  async #keep(part: PartDefinition): Promise<KeptPart> {
    this.#refuseWhenStopping();
    const options = {
      log: this.#options.log,
      signal: this.#aborter.signal,
      onChange: () => this.#noteProcesses(),
    };
    const kept = await this.#begin(
      keepRunning(part, options).then((ready) => {
        this.#parts.set(part.name, ready);
        return ready;
      }),
    );
    this.#noteProcesses();
    this.#refuseWhenStopping();
    return kept;
  }

  /** The stop waits for what has begun, or it would overlook what that starts. */
  async #begin<T>(work: Promise<T>): Promise<T> {
    this.#starting.add(work);
    try {
      return await work;
    } finally {
      this.#starting.delete(work);
    }
  }

  #kept(names: readonly PartName[]): KeptPart[] {
    return names.map((name) => this.#parts.get(name)).filter((part) => part !== undefined);
  }

  #refuseWhenStopping(): void {
    if (this.#stopping !== null) throw new StartError('Postkeep was stopped while it started.');
  }

  #pids(): Record<PartName, number | null> {
    const pid = (name: PartName) => this.#parts.get(name)?.running()?.pid ?? null;
    return {
      api: pid('api'),
      worker: pid('worker'),
      mailIn: pid('mailIn'),
      postgres: pid('postgres'),
      temporal: pid('temporal'),
      catcher: pid('catcher'),
    };
  }

  #noteProcesses(): void {
    const running = this.#kept(PART_NAMES)
      .map((part) => part.running())
      .filter((part) => part !== null);
    const pids = running.flatMap((part) => [part.pid, ...(part.guardPid ? [part.guardPid] : [])]);
    this.#folder?.noteProcesses(pids);
    if (this.#run === null || this.#stopping !== null) return;
    this.#run = { ...this.#run, processes: this.#pids() };
    this.#folder?.announce(this.#run);
  }

  async #stop(): Promise<void> {
    this.#folder?.withdraw();
    this.#aborter.abort();
    await Promise.allSettled(this.#starting);
    for (const names of STOP_ORDER) {
      await Promise.all(this.#kept(names).map((part) => part.stop()));
    }
    this.#folder?.release();
  }
}

function describeRun(
  addresses: Addresses,
  services: Services,
  processes: Record<PartName, number | null>,
): RunFile {
  const { reach, catcher, temporalUi } = addresses;
  // A URL writes an IPv6 host in brackets, a socket does not.
  const host = reach.replace(/^\[|\]$/g, '');
  return {
    url: addresses.url,
    smtp: { host, port: addresses.smtp },
    lmtp: addresses.lmtp === null ? null : { host, port: addresses.lmtp },
    temporal: {
      address: services.temporalAddress,
      uiUrl: temporalUi === null ? null : `http://${reach}:${temporalUi}`,
    },
    catcherUrl: catcher === null ? null : `http://${reach}:${catcher.page}`,
    databaseUrl: services.databaseUrl,
    smtpUrl: services.smtpUrl,
    pid: process.pid,
    processes,
  };
}

/** A refused connection to a name with two addresses is an error of errors, without a message. */
function wordsOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(wordsOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
