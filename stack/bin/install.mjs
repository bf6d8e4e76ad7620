// Brings node_modules to what package-lock.json says, once for all who ask at the same time.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { acquireFileLock } from './file-lock.mjs';

/** npm may first undo everything, for which the next installation has no use. */
const NPM_STOP_MS_MAX = 2_000;

const say = (text) => process.stderr.write(`postkeep: ${text}\n`);

/**
 * @param {string} root folder of package.json
 * @param {NodeJS.ProcessEnv} env
 */
export async function installWhenStale(root, env) {
  if (isInstalled(root)) return;
  const lock = await acquireFileLock(lockPath(root), {
    onWait: (pid) => say(`waiting for the installation by process ${pid}`),
  });
  try {
    if (!isInstalled(root)) await install(root, env, lock);
  } finally {
    lock.release();
  }
}

/**
 * Whether node_modules is what package-lock.json says: by the mark that the last installation left,
 * or, after someone ran npm by hand, by npm's own record of what it put there.
 */
export function isInstalled(root) {
  const lockfile = readText(join(root, 'package-lock.json'));
  if (lockfile === null) return existsSync(join(root, 'node_modules'));
  const hash = createHash('sha256').update(lockfile).digest('hex');
  if (readText(markPath(root)) === hash) return true;
  const record = readText(join(root, 'node_modules', '.package-lock.json'));
  if (record === null || !agrees(JSON.parse(lockfile), JSON.parse(record))) return false;
  writeFileSync(markPath(root), hash);
  return true;
}

/** Optional packages may be absent (another platform); whatever is there must have its version. */
function agrees(lockfile, record) {
  const wanted = installable(lockfile);
  const present = installable(record);
  const isAbsent = ([path, entry]) =>
    !(path in present) && !entry.optional && !entry.devOptional && !entry.peer;
  if (Object.entries(wanted).some(isAbsent)) return false;
  return Object.entries(present).every(
    ([path, entry]) => wanted[path] !== undefined && wanted[path].version === entry.version,
  );
}

function installable(lockfile) {
  const entries = Object.entries(lockfile.packages ?? {});
  return Object.fromEntries(entries.filter(([path]) => path.includes('node_modules/')));
}

function install(root, env, lock) {
  say('installing packages (npm ci)');
  const windows = process.platform === 'win32';
  // The Node in node_modules is about to be replaced: npm must not run on it.
  const ownBin = join('node_modules', '.bin');
  const path = (env.PATH ?? '').split(delimiter).filter((folder) => !folder.endsWith(ownBin));
  const child = spawn('npm', ['ci', '--include=dev', '--include=optional', '--loglevel=error'], {
    cwd: root,
    env: { ...env, PATH: path.join(delimiter) },
    stdio: ['ignore', process.stderr.fd, process.stderr.fd],
    shell: windows,
  });
  if (child.pid !== undefined) lock.helper(child.pid);
  return new Promise((resolve, reject) => {
    let stoppedBy = null;
    // npm ends first: whoever waits for the lock must not meet it at work.
    const stopNpm = (signal) => {
      stoppedBy = signal;
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), NPM_STOP_MS_MAX).unref();
    };
    process.on('SIGINT', stopNpm).on('SIGTERM', stopNpm);
    child.on('error', (error) => reject(new Error(`npm could not be run: ${error.message}`)));
    child.on('exit', (code) => {
      process.off('SIGINT', stopNpm).off('SIGTERM', stopNpm);
      if (stoppedBy !== null) return reject(new Error(`stopped by ${stoppedBy} while installing`));
      if (code !== 0) {
        return reject(new Error(`npm ci failed (exit code ${code}); its messages are above`));
      }
      const lockfile = readFileSync(join(root, 'package-lock.json'), 'utf8');
      writeFileSync(markPath(root), createHash('sha256').update(lockfile).digest('hex'));
      return resolve();
    });
  });
}

const markPath = (root) => join(root, 'node_modules', '.postkeep-installed');

/** Outside node_modules, which npm ci removes, and outside the checkout, which stays clean. */
function lockPath(root) {
  const name = createHash('sha256').update(realpathSync(root)).digest('hex').slice(0, 16);
  return join(tmpdir(), `postkeep-install-${userInfo().uid}-${name}.lock`);
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
