/**
 * SQLSTATE classes and codes after which the same statement may succeed: connection (08), shutdown
 * (57P), resources (53), serialisation and deadlock (40), a lock that was not to be had (55P03).
 * @see PostgreSQL manual, appendix A
 */
const passing = ['08', '40', '53', '57P', '55P03', '25006'];
const passingSystemCodes = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND'];
const UNIQUE_VIOLATION = '23505';

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** Whether an error says that the database is away or busy, not that we asked for nonsense. */
export function isDatabaseAway(error: unknown): boolean {
  const code = codeOf(error);
  if (passing.some((start) => code.startsWith(start))) return true;
  if (passingSystemCodes.includes(code)) return true;
  return (
    error instanceof Error &&
    /Connection terminated|Timeout acquiring a connection|timeout expired|Unable to acquire/.test(
      error.message,
    )
  );
}

/** Whether a row was already there; `constraint` narrows it to one. */
export function isDuplicate(error: unknown, constraint?: string): boolean {
  if (codeOf(error) !== UNIQUE_VIOLATION) return false;
  if (constraint === undefined) return true;
  return (
    typeof error === 'object' &&
    error !== null &&
    'constraint' in error &&
    error.constraint === constraint
  );
}
