import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What the tests' keys are called. */
export const S3_KEYS = { accessKeyId: 'AKTEST', secretAccessKey: 'a key of the tests' };
const REGION = 'eu-test-1';

/** How a server that is in trouble behaves. */
export type S3Trouble =
  /** 503 SlowDown to everything. */
  | 'overloaded'
  /** Hangs up on every request. */
  | 'hangs-up'
  /** Begins objects, and breaks off in the middle. */
  | 'breaks-off'
  | null;

export interface S3Server {
  url: string;
  /** As BLOB_STORE names it, with a prefix. */
  setting: string;
  objects: Map<string, Buffer>;
  /** `PUT key`, in the order that they came. */
  requests: string[];
  trouble: S3Trouble;
  stop(): Promise<void>;
}

/**
 * An S3 server that holds one bucket in memory and believes nobody: it checks each request's
 * signature (AWS Signature Version 4), the hash of its body and its checksum.
 */
export async function startS3Server(bucket = 'kept-files'): Promise<S3Server> {
  const objects = new Map<string, Buffer>();
  const state: Pick<S3Server, 'objects' | 'requests' | 'trouble'> = {
    objects,
    requests: [],
    trouble: null,
  };
  const server = createServer((request, response) => {
    answer(state, bucket, request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return Object.assign(state, {
    url,
    setting: `s3://${bucket}/desk?endpoint=${url}&region=${REGION}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}

async function answer(
  state: Pick<S3Server, 'objects' | 'requests' | 'trouble'>,
  bucket: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (state.trouble === 'hangs-up') return void request.socket.destroy();
  const chunks: Buffer[] = [];
  const pieces: AsyncIterable<Uint8Array> = request;
  for await (const piece of pieces) chunks.push(Buffer.from(piece));
  const body = Buffer.concat(chunks);
  if (state.trouble === 'overloaded') return refuse(response, 503, 'SlowDown');
  const problem = problemOf(request, body);
  if (problem !== null) return refuse(response, 403, problem);
  const path = decodeURIComponent(new URL(request.url ?? '/', 'http://s3').pathname);
  if (!path.startsWith(`/${bucket}/`)) return refuse(response, 404, 'NoSuchBucket');
  const key = path.slice(bucket.length + 2);
  state.requests.push(`${request.method} ${key}`);
  switch (request.method) {
    case 'PUT':
      state.objects.set(key, body);
      return void response.writeHead(200, { etag: etagOf(body) }).end();
    case 'HEAD':
    case 'GET':
      return give(state, key, request, response);
    default:
      return refuse(response, 405, 'MethodNotAllowed');
  }
}

function give(
  { objects, trouble }: Pick<S3Server, 'objects' | 'trouble'>,
  key: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const object = objects.get(key);
  if (!object) return refuse(response, 404, 'NoSuchKey');
  const asked = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
  const [start, end] = asked ? [Number(asked[1]), Number(asked[2])] : [0, object.length - 1];
  const part = object.subarray(start, end + 1);
  response.writeHead(asked ? 206 : 200, {
    'content-length': part.length,
    etag: etagOf(object),
    ...(asked ? { 'content-range': `bytes ${start}-${end}/${object.length}` } : {}),
  });
  if (request.method === 'HEAD') return void response.end();
  if (trouble !== 'breaks-off') return void response.end(part);
  response.write(part.subarray(0, part.length >> 1), () => response.destroy());
}

function refuse(response: ServerResponse, status: number, code: string): void {
  const xml = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
  response.writeHead(status, { 'content-type': 'application/xml' }).end(xml);
}

function etagOf(content: Buffer): string {
  return `"${createHash('md5').update(content).digest('hex')}"`;
}

/** Why a request is not believed: the code of S3; null when all is right. */
function problemOf(request: IncomingMessage, body: Buffer): string | null {
  const { headers } = request;
  const written =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    );
  if (!written) return 'AccessDenied';
  const [, id = '', day = '', region = '', signed = '', signature = ''] = written;
  if (id !== S3_KEYS.accessKeyId || region !== REGION) return 'InvalidAccessKeyId';
  const names = signed.split(';');
  if (!names.includes('host') || !names.includes('x-amz-date')) return 'AccessDenied';
  const scope = `${day}/${region}/s3/aws4_request`;
  const canonical = canonicalRequest(request, names);
  const toSign = [
    'AWS4-HMAC-SHA256',
    String(headers['x-amz-date']),
    scope,
    sha256(canonical).toString('hex'),
  ].join('\n');
  const keys = [day, region, 's3', 'aws4_request'];
  const key = keys.reduce<Buffer | string>(hmac, `AWS4${S3_KEYS.secretAccessKey}`);
  const expected = hmac(key, toSign);
  if (!timingSafeEqual(expected, Buffer.from(signature, 'hex'))) return 'SignatureDoesNotMatch';
  const payload = String(headers['x-amz-content-sha256']);
  const isSigned = payload !== 'UNSIGNED-PAYLOAD';
  if (isSigned && payload !== sha256(body).toString('hex')) return 'XAmzContentSHA256Mismatch';
  const checksum = headers['x-amz-checksum-sha256'];
  if (request.method === 'PUT' && checksum !== sha256(body).toString('base64')) return 'BadDigest';
  return null;
}

function canonicalRequest(request: IncomingMessage, names: readonly string[]): string {
  const url = new URL(request.url ?? '/', 'http://s3');
  const encode = (text: string) =>
    encodeURIComponent(text).replace(
      /[!'()*]/g,
      (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  const query = [...url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const lines = names.map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const payload = String(request.headers['x-amz-content-sha256']);
  const path = (request.url ?? '/').split('?')[0];
  return [request.method, path, query, lines.join(''), names.join(';'), payload].join('\n');
}

function sha256(content: Buffer | string): Buffer {
  return createHash('sha256').update(content).digest();
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
