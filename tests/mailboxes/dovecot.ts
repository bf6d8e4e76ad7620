import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { choosePorts } from '../../stack/supervisor/ports.ts';

/** A real Dovecot on free ports of loopback, with mailboxes of its own. */
export interface Dovecot {
  /** Plain and STARTTLS; TLS from the first byte. The certificate is signed by itself. */
  ports: { imap: number; imaps: number; lmtp: number };
  password: string;
  /** As PEM. */
  certificate: string;
  /** Delivers a mail as a provider's mail server does (LMTP, RFC 2033). */
  deliver(user: string, raw: string | Buffer): Promise<void>;
  /** Puts many mails into a folder at once. */
  doveadm(...words: string[]): string;
  /** Ends it; what is connected is cut off. */
  halt(): Promise<void>;
  /** Starts it again on the same ports, with the same mails. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

const PROGRAM = '/usr/sbin/dovecot';
const HOST = '127.0.0.1';
const PASSWORD = 'correct-horse-battery-staple';
const READY_MS_MAX = 15_000;
const POLL_MS = 25;

/** Why tests with it cannot run here; null where they can. */
export const noDovecot: string | null = existsSync(PROGRAM)
  ? null
  : 'Dovecot is not installed: apt-get install dovecot-imapd dovecot-lmtpd';

export async function startDovecot(options: { tokenInfoUrl?: string } = {}): Promise<Dovecot> {
  const folder = mkdtempSync(join(tmpdir(), 'postkeep-dovecot-'));
  chmodSync(folder, 0o755);
  const ports = await choosePorts(HOST, { imap: 0, imaps: 0, lmtp: 0 });
  const config = writeConfig(folder, ports, options.tokenInfoUrl ?? null);
  let running: ChildProcess | null = null;
  const start = async () => {
    // A group of its own: an outage ends all of its processes at one moment.
    running = spawn(PROGRAM, ['-F', '-c', config], { stdio: 'ignore', detached: true });
    for (const port of Object.values(ports)) await answering(port);
  };
  const halt = async () => {
    const child = running;
    running = null;
    if (!child || child.exitCode !== null) return;
    const exited = once(child, 'exit');
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    await exited;
    rmSync(join(folder, 'run'), { recursive: true, force: true });
  };
  await start();
  return {
    ports,
    password: PASSWORD,
    certificate: readFileSync(join(folder, 'cert.pem'), 'utf8'),
    deliver: (user, raw) => deliver(ports.lmtp, user, raw),
    doveadm: (...words) =>
      execFileSync('doveadm', ['-c', config, ...words], { encoding: 'utf8', stdio: 'pipe' }),
    start,
    halt,
    stop: async () => {
      await halt();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Who runs what: as root Dovecot insists on lesser users, and else on the one who starts it. */
function users(): { internal: string; login: string; mail: string } {
  const { uid, username } = userInfo();
  if (uid === 0) return { internal: 'dovecot', login: 'dovenull', mail: 'mail' };
  return { internal: username, login: username, mail: username };
}

function writeConfig(folder: string, ports: Dovecot['ports'], tokenInfoUrl: string | null): string {
  const { mail } = users();
  const path = (name: string) => join(folder, name);
  mkdirSync(path('mail'));
  if (userInfo().uid === 0) execFileSync('chown', [mail, path('mail')]);
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-keyout', path('key.pem'), '-out', path('cert.pem'), '-days', '2'],
      ...['-subj', '/CN=mail.test', '-addext', `subjectAltName=IP:${HOST}`],
    ],
    { stdio: 'ignore' },
  );
  writeFileSync(
    path('oauth2.conf'),
    `tokeninfo_url = ${tokenInfoUrl ?? ''}\nusername_attribute = email\n`,
  );
  const text = configText(folder, ports, tokenInfoUrl !== null);
  writeFileSync(path('dovecot.conf'), text);
  return path('dovecot.conf');
}

function configText(folder: string, ports: Dovecot['ports'], takesTokens: boolean): string {
  const { internal, login, mail } = users();
  const group = mail === 'mail' ? 'mail' : String(userInfo().gid);
  const path = (name: string) => join(folder, name);
  const oauth = `passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${path('oauth2.conf')}
}`;
  return `
base_dir = ${path('run')}
state_dir = ${path('state')}
log_path = ${path('dovecot.log')}
protocols = imap lmtp
listen = ${HOST}
default_internal_user = ${internal}
default_login_user = ${login}
default_internal_group = ${internal === 'dovecot' ? 'dovecot' : String(userInfo().gid)}
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
auth_failure_delay = 0
mail_max_userip_connections = 100
ssl = yes
ssl_cert = <${path('cert.pem')}
ssl_key = <${path('key.pem')}
mail_location = maildir:~/Maildir
first_valid_uid = 1
${takesTokens ? oauth : ''}
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${mail} gid=${group} home=${path('mail')}/%n
}
service imap-login {
  chroot =
  inet_listener imap { 
    port = ${ports.imap} 
  }
  inet_listener imaps { 
    port = ${ports.imaps}
    ssl = yes 
  }
}
service anvil { 
  chroot = 
}
service lmtp {
  inet_listener lmtp {
    port = ${ports.lmtp}
  }
}
namespace inbox { 
  inbox = yes 
}
`;
}

async function answering(port: number): Promise<void> {
  const until = Date.now() + READY_MS_MAX;
  for (;;) {
    const socket = createConnection(port, HOST);
    const isUp = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (isUp) return;
    if (Date.now() > until) throw new Error(`Dovecot does not listen on port ${port}`);
    await pause(POLL_MS);
  }
}

async function deliver(port: number, user: string, raw: string | Buffer): Promise<void> {
  const connection = new SMTPConnection({ host: HOST, port, lmtp: true, ignoreTLS: true });
  connection.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()));
  });
  await new Promise<void>((resolve, reject) => {
    const envelope = { from: 'eleanor@brightmail.test', to: [user] };
    connection.send(envelope, raw, (error, info) => {
      if (error) reject(error);
      else if ((info?.rejected.length ?? 0) > 0) reject(new Error(info?.response));
      else resolve();
    });
  });
  connection.quit();
}
