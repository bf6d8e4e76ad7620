import { Readable } from 'node:stream';
import type * as S3 from '@aws-sdk/client-s3';
import type { S3Settings } from '../../runtime/config.ts';
import { BlobMissingError, BlobsAwayError, type ByteRange, isBlobHash } from '../blob-store.ts';
import { S3_ANSWER_MS, S3_CONNECT_MS, S3_IDLE_MS, S3_PUT_MS } from '../file-limits.ts';

/** Objects named for the SHA-256 of their content. All calls may throw BlobsAwayError. */
export interface Bucket {
  /** Bytes; null when it is not there. */
  sizeOf(hash: string): Promise<number | null>;
  /** Writes an object, which is whole or not there. A stream is made anew for each try. */
  write(hash: string, size: number, body: Buffer | (() => Readable)): Promise<void>;
  /** @throws BlobMissingError when it is not there */
  read(hash: string, range?: ByteRange): AsyncGenerator<Uint8Array>;
}

/** Connects with the first call. */
export function createBucket(settings: S3Settings): Bucket {
  let connected: Promise<Connected> | null = null;
  const connect = (): Promise<Connected> => (connected ??= connectTo(settings));
  const placeOf = (hash: string) => {
    if (!isBlobHash(hash)) throw new BlobMissingError(hash);
    return { Bucket: settings.bucket, Key: `${settings.prefix}${hash}` };
  };
  return {
    async sizeOf(hash) {
      const place = placeOf(hash);
      const { sdk, client } = await connect();
      const abortSignal = AbortSignal.timeout(S3_ANSWER_MS);
      try {
        const head = await client.send(new sdk.HeadObjectCommand(place), { abortSignal });
        return head.ContentLength ?? 0;
      } catch (error) {
        if (isMissing(error)) return null;
        throw away(error, settings);
      }
    },

    async write(hash, size, body) {
      const place = placeOf(hash);
      const { sdk, client } = await connect();
      const checksum = Buffer.from(hash, 'hex').toString('base64');
      const about = { ContentLength: size, ContentType: 'application/octet-stream' };
      const put = () => {
        const Body = typeof body === 'function' ? body() : body;
        const object = { ...place, ...about, ChecksumSHA256: checksum, Body };
        const abortSignal = AbortSignal.timeout(S3_PUT_MS);
        return client.send(new sdk.PutObjectCommand(object), { abortSignal });
      };
      try {
        // A kept connection may have been hung up, and the client does not repeat a stream itself.
        await put().catch((error: unknown) => {
          if (isStopped(error) || typeof body !== 'function') throw error;
          return put();
        });
      } catch (error) {
        throw away(error, settings);
      }
    },

    async *read(hash, range) {
      const place = placeOf(hash);
      const { sdk, client } = await connect();
      const Range = range ? `bytes=${range.start}-${range.end}` : undefined;
      const patience = new AbortController();
      const timer = setTimeout(() => patience.abort(), S3_ANSWER_MS);
      try {
        const get = new sdk.GetObjectCommand({ ...place, Range });
        const { Body } = await client.send(get, { abortSignal: patience.signal });
        clearTimeout(timer);
        if (Body instanceof Readable) yield* withinIdle(Body);
      } catch (error) {
        throw isMissing(error) ? new BlobMissingError(hash) : away(error, settings);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

interface Connected {
  sdk: typeof S3;
  client: S3.S3Client;
}

/** The client is 22 MB of code: whoever keeps files on disk never loads it. */
async function connectTo(settings: S3Settings): Promise<Connected> {
  const { region, endpoint, pathStyle, credentials } = settings;
  const sdk = await import('@aws-sdk/client-s3');
  const keys = credentials && {
    ...credentials,
    sessionToken: credentials.sessionToken ?? undefined,
  };
  const client = new sdk.S3Client({
    region,
    forcePathStyle: pathStyle,
    ...(endpoint === null ? {} : { endpoint }),
    ...(keys === null ? {} : { credentials: keys }),
    // The checksum of each object is given; other stores than Amazon's know no more of them.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: S3_CONNECT_MS },
  });
  return { sdk, client };
}

/** A store that stops in the middle of an object would else be waited for for ever. */
async function* withinIdle(body: Readable): AsyncGenerator<Uint8Array> {
  const stop = () => body.destroy(new Error(`nothing came for ${S3_IDLE_MS / 1000} seconds`));
  const chunks: AsyncIterable<Uint8Array> = body;
  let timer = setTimeout(stop, S3_IDLE_MS);
  try {
    for await (const chunk of chunks) {
      // Whoever reads may take their time.
      clearTimeout(timer);
      yield chunk;
      timer = setTimeout(stop, S3_IDLE_MS);
    }
  } finally {
    clearTimeout(timer);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && ['NotFound', 'NoSuchKey'].includes(error.name);
}

function isStopped(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

function away(error: unknown, { bucket, endpoint }: S3Settings): BlobsAwayError {
  const where = endpoint === null ? '' : ` at ${endpoint}`;
  const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new BlobsAwayError(
    `The bucket "${bucket}"${where} does not take or give files (${why}).`,
    { cause: error },
  );
}
