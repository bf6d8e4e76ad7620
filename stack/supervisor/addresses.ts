import { childEnvironment, reachableHost, type StackConfig } from '../../runtime/config.ts';
import { choosePorts } from './ports.ts';

/** Where everything listens in this run; null: a part that is not ours, or not wanted. */
export interface Addresses {
  host: string;
  /** The host to reach our listeners by. */
  reach: string;
  api: number;
  smtp: number;
  lmtp: number | null;
  postgres: number | null;
  temporal: number | null;
  temporalUi: number | null;
  /** The catcher's page, and where it takes mail. */
  catcher: { page: number; smtp: number } | null;
  url: string;
}

/**
 * Chooses the ports of this run. They stay the same when a part is restarted.
 * @throws PortsTakenError naming the variables whose ports cannot be had
 */
export async function chooseAddresses(config: StackConfig): Promise<Addresses> {
  const { host } = config;
  const ports = await choosePorts<string>(host, {
    PORT: config.port,
    SMTP_PORT: config.smtpPort,
    ...(config.lmtpPort === null ? {} : { LMTP_PORT: config.lmtpPort }),
    ...(config.databaseUrl === null ? { PG_PORT: config.pgPort } : {}),
    ...(config.temporal.address === null
      ? { TEMPORAL_PORT: config.temporalPort, TEMPORAL_UI_PORT: config.temporalUiPort }
      : {}),
    ...(config.smtpUrl === null ? { CATCHER_PORT: config.catcherPort, 'catcher SMTP': 0 } : {}),
  });
  const port = (name: string) => ports[name] ?? null;
  const page = port('CATCHER_PORT');
  const smtp = port('catcher SMTP');
  const reach = reachableHost(host);
  const api = port('PORT') ?? config.port;
  return {
    host,
    reach,
    api,
    smtp: port('SMTP_PORT') ?? config.smtpPort,
    lmtp: port('LMTP_PORT'),
    postgres: port('PG_PORT'),
    temporal: port('TEMPORAL_PORT'),
    temporalUi: port('TEMPORAL_UI_PORT'),
    catcher: page === null || smtp === null ? null : { page, smtp },
    url: `http://${reach}:${api}`,
  };
}

export interface Services {
  databaseUrl: string;
  temporalAddress: string;
  smtpUrl: string;
}

/** The settings of our own processes: the chosen ports and services, made explicit. */
export function processEnvironment(
  config: StackConfig,
  addresses: Addresses,
  services: Services,
): Record<string, string> {
  return childEnvironment({
    HOST: config.host,
    PORT: String(addresses.api),
    SMTP_PORT: String(addresses.smtp),
    LMTP_PORT: addresses.lmtp === null ? null : String(addresses.lmtp),
    POSTKEEP_DATA: config.dataFolder,
    PUBLIC_URL: config.givenPublicUrl ?? addresses.url,
    DATABASE_URL: services.databaseUrl,
    TEMPORAL_ADDRESS: services.temporalAddress,
    SMTP_URL: services.smtpUrl,
  });
}
