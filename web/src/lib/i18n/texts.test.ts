import { describe, expect, test } from 'vitest';
import { allTexts } from '../../../tests/all-texts.ts';
import { words as english } from './en/index.ts';
import { english as englishHelp } from './help/en.ts';
import { english as englishModule } from './support/en.ts';
import { swedish as swedishModule } from './support/sv.ts';
import { swedish as swedishHelp } from './help/sv.ts';
import { words as swedish } from './sv/index.ts';

/** Swedish that is the same as English: names, signs, words that both have. */
const SAME: readonly string[] = [
  'mailboxes.examples.address',
  'mailboxes.examples.certificate',
  'mailboxes.examples.endpoint',
  'mailboxes.examples.incoming',
  'mailboxes.examples.outgoing',
  'mailboxes.in',
  'mailboxes.port',
  'mailboxes.seconds',
  'mailboxes.signIns.oauth2',
  'mailboxes.tls.implicit',
  'mailboxes.tls.starttls',
  'mailboxes.ways.incoming.implicit',
  'mailboxes.ways.incoming.starttls',
  'mailboxes.ways.outgoing.implicit',
  'mailboxes.ways.outgoing.starttls',
  'audit.fields.port',
  'audit.fields.team',
  'audit.fromTo',
  'audit.kinds.team',
  'canned.example.address',
  'canned.example.mailbox',
  'canned.text',
  'knowledge.inBase',
  'knowledge.publishedBy',
  'knowledge.versionNumber',
  'knowledge.text',
  'settings.companyId',
  'settings.team',
  'list.filter',
  'list.filters.team',
  'list.pageTitle',
  'list.unknown',
  'list.views.team.title',
  'mails.problems.wroteBy',
  'profile.kindBy',
  'texts.text',
  'panel.team',
  'panel.withReason',
  'ticket.turnSince',
  'time.minutes',
  'time.days',
];

describe('each language', () => {
  const texts = {
    english: allTexts({ ...english, helpPages: englishHelp, supportModule: englishModule }),
    swedish: allTexts({ ...swedish, helpPages: swedishHelp, supportModule: swedishModule }),
  };

  test.each(['english', 'swedish'] as const)('%s says something everywhere', (language) => {
    const silent = [...texts[language]].filter(([, said]) => !/[\p{L}\p{N}…]/u.test(said));
    const broken = [...texts[language]].filter(([, said]) => /undefined|NaN|\[object/.test(said));
    expect({ silent, broken }).toEqual({ silent: [], broken: [] });
  });

  test('is a language of its own', () => {
    expect([...texts.swedish.keys()].sort()).toEqual([...texts.english.keys()].sort());
    const same = [...texts.swedish]
      .filter(([path, said]) => said === texts.english.get(path))
      .map(([path]) => path);
    expect(same.sort()).toEqual([...SAME].sort());
  });
});
