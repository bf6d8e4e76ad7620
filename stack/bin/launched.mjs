// Loaded before an entry that run.mjs (or a test) has launched: ends it when its launcher is gone,
// even when that one was killed and could tell nobody.

/** Time for the entry to stop in order; services under guards need less. */
const STOP_MS_MAX = 20_000;

const launcher = process.env.POSTKEEP_LAUNCHER;
// Processes that the entry starts itself may load this file too; they have other parents.
delete process.env.POSTKEEP_LAUNCHER;

if (launcher !== undefined) {
  const stop = () => {
    setTimeout(() => process.exit(1), STOP_MS_MAX).unref();
    process.kill(process.pid, 'SIGTERM');
  };
  process.on('disconnect', stop);
  process.channel?.unref();
  if (!process.connected || String(process.ppid) !== launcher) stop();
}
