import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take longest, which is mostly waiting: they begin first, so that no core idles beside
 * the last of them. Vitest knows by itself only where it has run before.
 */
const LONGEST = [
  'crash/crash',
  'browser/accessible',
  'browser/journey',
  'browser/seed-work',
  'contract/parts-away',
  'browser/mail-html',
  'flows/odd-mail-races',
  'flows/start-and-stop',
  'browser/seed-tickets',
  'flows/lost-senders',
  'contract/replies',
  'contract/commands',
  'browser/keyboard',
  'flows/lost-workers',
  'browser/size',
  'browser/settings',
  'flows/sending',
  'flows/continue-as-new',
  'browser/own-settings',
  'contract/idempotency',
  'contract/mail-in',
  'browser/filters',
  'contract/tickets',
  'flows/lost-history',
  'mailboxes/interrupted',
  'flows/rebuild',
  'contract/temporal',
  'browser/editor',
  'browser/bad-moments',
  'flows/closed-tickets',
  'browser/two-agents',
  'flows/lifecycle',
  'flows/intake-races',
  'browser/customer-card',
  'flows/intake-restart',
  'mailboxes/fetching',
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
