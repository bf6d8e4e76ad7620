import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take longest, which is mostly waiting: they begin first, so that no core idles beside
 * the last of them. Vitest knows by itself only where it has run before.
 */
const LONGEST = [
  'crash/crash',
  'browser/journey',
  'browser/mail-html',
  'contract/parts-away',
  'contract/replies',
  'flows/start-and-stop',
  'flows/odd-mail-races',
  'flows/lost-senders',
  'mailboxes/interrupted',
  'flows/continue-as-new',
  'flows/sending',
  'flows/intake-restart',
  'flows/lost-history',
  'flows/intake-races',
  'flows/lost-workers',
  'flows/closed-tickets',
  'mailboxes/fetching',
  'mailboxes/import-commands',
  'flows/lifecycle',
  'flows/rebuild',
];

export class LongestFirst extends BaseSequencer {
  /** Project by project still: files of one share what the process has loaded. */
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => {
      const isOneProject = a.project.name === b.project.name;
      return isOneProject ? placeOf(a.moduleId) - placeOf(b.moduleId) : 0;
    });
  }
}

function placeOf(path: string): number {
  const place = LONGEST.findIndex((name) => path.endsWith(`/${name}.test.ts`));
  return place < 0 ? LONGEST.length : place;
}
