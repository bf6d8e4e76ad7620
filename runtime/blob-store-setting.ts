import type { EnvReader } from './env-reader.ts';

/** A bucket of S3, or of a store that speaks like it. */
export interface S3Settings {
  bucket: string;
  /** Before every key; '' or with a slash at its end. */
  prefix: string;
  region: string;
  /** Null: Amazon's own, by the region. */
  endpoint: string | null;
  /** The bucket stands in the path and not in the host's name. */
  pathStyle: boolean;
  /** Null: as the machine is known to the store (its role, its profile). */
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string | null } | null;
}

/** Bucket names: 3 to 63 letters, digits, dots and hyphens. */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const OPTIONS = ['endpoint', 'region', 'pathStyle'];
const EXAMPLE = 's3://BUCKET/PREFIX?region=eu-central-1&endpoint=https://HOST';
const REGION = 'us-east-1';

/** Where files are kept: null for the data folder, which is the default. */
export function readBlobStore(reader: EnvReader): S3Settings | null {
  const text = reader.url('BLOB_STORE', ['s3:']);
  if (text === null) return null;
  const url = new URL(text);
  const refuse = (problem: string) =>
    reader.problem(`BLOB_STORE is "${shown(url)}": ${problem}; write such as ${EXAMPLE}.`);
  if (!BUCKET.test(url.hostname)) refuse(`"${url.hostname}" is no name of a bucket`);
  if (url.username !== '') refuse('keys do not stand in it but in AWS_ACCESS_KEY_ID and so on');
  const unknown = [...url.searchParams.keys()].find((name) => !OPTIONS.includes(name));
  if (unknown !== undefined) refuse(`it knows ${OPTIONS.join(', ')}, but no "${unknown}"`);
  const endpoint = url.searchParams.get('endpoint');
  const isWeb = endpoint !== null && /^https?:/.test(endpoint) && URL.canParse(endpoint);
  if (endpoint !== null && !isWeb) refuse(`its endpoint "${endpoint}" is no web address`);
  const pathStyle = url.searchParams.get('pathStyle');
  if (!['0', '1', null].includes(pathStyle)) refuse('its pathStyle is neither 1 nor 0');
  const folder = decodeURIComponent(url.pathname).replace(/^\/+|\/+$/g, '');
  return {
    bucket: url.hostname,
    prefix: folder === '' ? '' : `${folder}/`,
    region: url.searchParams.get('region') ?? reader.text('AWS_REGION') ?? REGION,
    endpoint,
    pathStyle: pathStyle === null ? endpoint !== null : pathStyle === '1',
    credentials: readCredentials(reader),
  };
}

/** Without what somebody wrote for a password. */
function shown(url: URL): string {
  return url.href.replace(/\/\/[^/@]*@/, '//…@');
}

function readCredentials(reader: EnvReader): S3Settings['credentials'] {
  const accessKeyId = reader.text('AWS_ACCESS_KEY_ID');
  const secretAccessKey = reader.text('AWS_SECRET_ACCESS_KEY');
  if (accessKeyId === null && secretAccessKey === null) return null;
  if (accessKeyId === null || secretAccessKey === null) {
    reader.problem(
      'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY belong together: set both or none.',
    );
    return null;
  }
  return { accessKeyId, secretAccessKey, sessionToken: reader.text('AWS_SESSION_TOKEN') };
}

/** Who looks for viruses in files: HOST:PORT, or the path of a socket; null for nobody. */
export function readClamdAddress(reader: EnvReader): string | null {
  const text = reader.text('CLAMD_ADDRESS');
  return text?.startsWith('/') ? text : reader.hostPort('CLAMD_ADDRESS');
}
