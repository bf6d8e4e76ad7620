/**
 * The processor time that work takes, in milliseconds: what it costs, however busy the machine is
 * with other things.
 */
export async function cpuMsOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
