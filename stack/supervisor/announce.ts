import type { Credentials } from '../../cli/credentials.ts';
import type { RunFile } from '../../runtime/run-file.ts';

/** What a person reads when everything runs: the one line, and where everything is. */
export function announcement(run: RunFile, dataFolder: string, made: Credentials | null): string {
  const rows: [string, string | null][] = [
    ['Console, API', run.url],
    ['Mail in (SMTP)', `${run.smtp.host}:${run.smtp.port}`],
    ['Mail in (LMTP)', run.lmtp ? `${run.lmtp.host}:${run.lmtp.port}` : null],
    ['Mail catcher', run.catcherUrl],
    ['Temporal UI', run.temporal.uiUrl],
    ['Temporal', run.temporal.address],
    ['Postgres', withoutPassword(run.databaseUrl)],
    ['Data folder', dataFolder],
  ];
  const lines = ['', 'Postkeep is ready', ...table(rows)];
  if (made !== null) lines.push('', ...signIns(made, dataFolder));
  return `${lines.join('\n')}\n\n`;
}

/** Passwords are shown this once; the file keeps them. */
function signIns(made: Credentials, dataFolder: string): string[] {
  const people: [string, string][] = [
    [made.admin.email, `${made.admin.password}   (admin)`],
    ...made.agents.map(({ email, password }): [string, string] => [email, password]),
  ];
  return [`Sign in to ${made.company} (kept in ${dataFolder}/credentials.json)`, ...table(people)];
}

function table(rows: readonly (readonly [string, string | null])[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `  ${name.padEnd(width)}   ${value}`);
}

function withoutPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  if (url.password !== '') url.password = '…';
  return decodeURIComponent(url.href);
}
