import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One request that reached the sender's server. */
export interface Seen {
  path: string;
  referer: string | undefined;
}

/** A sender's server that counts who reads its mails. */
export interface Tracker {
  url: string;
  seen: Seen[];
  stop(): Promise<void>;
}

/** One transparent point. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwAD' +
    'hgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export const PICTURE = PNG;

/** Its certificate is made by itself: the browser is told to take that. */
export async function startTracker(): Promise<Tracker> {
  const seen: Seen[] = [];
  const server = createServer(makeCertificate(), (request, response) => {
    const path = request.url ?? '';
    // A browser asks for that by itself, whoever sent it here.
    if (path !== '/favicon.ico') seen.push({ path, referer: request.headers.referer });
    const isPage = path.startsWith('/page');
    response.writeHead(200, {
      'content-type': isPage ? 'text/html' : 'image/png',
      'cache-control': 'no-store',
    });
    response.end(isPage ? '<title>Shop</title>Welcome' : PNG);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `https://127.0.0.1:${port}`,
    seen,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function makeCertificate(): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'postkeep-certificate-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const kind = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const files = ['-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=tracker.test'];
  execFileSync('openssl', [...kind, ...files], { stdio: 'ignore' });
  const made = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  rmSync(folder, { recursive: true });
  return made;
}
