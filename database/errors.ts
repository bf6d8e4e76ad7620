/**
 * SQLSTATE classes and codes after which the same statement may succeed: connection (08), shutdown
 * (57P), resources (53), serialisation and deadlock (40), a lock that was not to be had (55P03), a
 * statement or transaction that took too long, which with ours means waiting for a lock (57014,
 * 25P03).
 * @see PostgreSQL manual, appendix A
 */
const passing = ['08', '40', '53', '57P', '55P03', '57014', '25006', '25P03'];
const passingSystemCodes = [
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT'],
  ...['EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
];
/** Errors of pg and of the pool, which have no code. */
const passingWords = [
  'Connection terminated',
  'not queryable',
  'Timeout acquiring a connection',
  'timeout expired',
  'Unable to acquire',
];
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
  return error instanceof Error && passingWords.some((words) => error.message.includes(words));
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
