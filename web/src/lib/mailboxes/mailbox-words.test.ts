import { describe, expect, it } from 'vitest';
import type { MailboxHealth, MailboxSettings, TriedStep } from '../api/mailbox-types.ts';
import { english } from '../../../tests/speech.ts';
import { adviceFor, healthOf, testedWays, verdictOf, waysOf } from './mailbox-words.ts';

const NOW = Date.parse('2026-11-23T10:00:00Z');

const incoming: NonNullable<MailboxSettings['incoming']> = {
  enabled: true,
  host: 'imap.acme.test',
  port: 993,
  tls: 'implicit',
  anyCertificate: false,
  ca: null,
  login: 'support',
  passwordSet: true,
  oauth: null,
  folder: 'INBOX',
  taken: 'move',
  processedFolder: 'Processed',
  existing: 'unseen',
};

const well: MailboxHealth = {
  lastFetchAt: '2026-11-23T09:58:00Z',
  lastMailAt: null,
  error: null,
  step: null,
  since: null,
  nextTryAt: null,
};

function box(fields: Partial<MailboxSettings>): MailboxSettings {
  return {
    id: 'b',
    address: 'support@acme.test',
    name: 'Support',
    displayName: null,
    aliases: [],
    team: null,
    signature: '',
    signatureHtml: null,
    plusAddresses: true,
    acknowledge: false,
    assistant: 'off',
    authservId: null,
    incoming: null,
    outgoing: null,
    health: null,
    ...fields,
  };
}

const saidOf = (health: Partial<MailboxHealth>) => {
  const words = healthOf(box({ incoming, health: { ...well, ...health } }), NOW, english);
  return { ...words, facts: words.facts.map(({ text }) => text) };
};

describe('a mailbox’s health', () => {
  it('is quiet when all is well, and says how old the last fetch is', () => {
    expect(saidOf({})).toMatchObject({
      word: 'Works',
      tone: '',
      facts: ['Last fetched 2 minutes ago', 'No mail yet'],
      said: null,
    });
  });

  it('names the step that fails, since when, and the server’s words', () => {
    const failing = {
      error: 'The server refuses the login: Authentication failed.',
      step: 'login',
      since: '2026-11-23T07:48:00Z',
      nextTryAt: '2026-11-23T10:03:00Z',
    };
    expect(saidOf(failing)).toEqual({
      icon: 's-failed',
      tone: 's-failed',
      word: 'Failing: login refused',
      facts: ['Failing for 2 h 12 min', 'Last fetched 2 minutes ago', 'Tried again in 3 min'],
      said: 'The server refuses the login: Authentication failed.',
    });
    expect(saidOf({ ...failing, step: 'new', lastFetchAt: null })).toMatchObject({
      word: 'Failing: it cannot be read',
      facts: ['Failing for 2 h 12 min', 'Never fetched', 'Tried again in 3 min'],
    });
  });

  it('does not call well what nobody has looked at for long', () => {
    expect(saidOf({ lastFetchAt: '2026-11-23T09:51:00Z' }).word).toBe('Works');
    const stale = saidOf({ lastFetchAt: '2026-11-23T09:40:00Z' });
    expect(stale).toMatchObject({ word: 'Not fetched for a while', icon: 's-uncertain' });
    expect(stale.facts).toContain('Last fetched 20 minutes ago');
  });

  it('tells a paused, a new and a receiving mailbox apart', () => {
    const wordOf = (fields: Partial<MailboxSettings>) => healthOf(box(fields), NOW, english).word;
    expect(wordOf({})).toBe('Takes mail here');
    expect(wordOf({ incoming, health: null })).toBe('Not fetched yet');
    expect(wordOf({ incoming: { ...incoming, enabled: false }, health: well })).toBe('Paused');
  });
});

it('says in a few words how mail comes in and goes out', () => {
  expect(waysOf(box({}), english)).toEqual({
    incoming: 'this desk’s own receiver',
    outgoing: 'the desk’s server',
  });
  const outgoing = { ...incoming, host: 'smtp.acme.test', port: 25, tls: 'none', enabled: false };
  expect(waysOf(box({ incoming, outgoing: { ...outgoing, tls: 'none' } }), english)).toEqual({
    incoming: 'IMAP imap.acme.test:993, TLS',
    outgoing: 'SMTP smtp.acme.test:25, not encrypted, paused',
  });
});

describe('a test of a mailbox', () => {
  const steps: TriedStep[] = [
    { direction: 'incoming', step: 'dns', ok: true },
    { direction: 'incoming', step: 'connection', ok: false, error: 'nothing listens' },
    { direction: 'outgoing', step: 'relay', ok: false, error: 'no' },
  ];

  it('says in one sentence what works and what does not', () => {
    expect(verdictOf(steps, english)).toEqual({
      ok: false,
      words: 'Reading fails: no connection. Sending fails: relay refused.',
    });
    expect(verdictOf(steps.slice(0, 1), english)).toMatchObject({ ok: true });
  });

  it('stands under what was tried, and nothing that was not tried is shown', () => {
    const mailbox = box({ incoming });
    const ways = testedWays(mailbox, steps, english);
    expect(ways.map(({ title, steps: { length } }) => [title, length])).toEqual([
      ['Reading: IMAP imap.acme.test:993, TLS', 2],
      ['Sending: the desk’s server', 1],
    ]);
    expect(testedWays(mailbox, steps.slice(0, 1), english)).toHaveLength(1);
  });

  it('says where to mend the desk’s own server', () => {
    const [, reading, sending] = steps;
    if (!reading || !sending) throw new Error('the steps are gone');
    expect(adviceFor(reading, box({ incoming }), english)).toContain('Check host and port');
    expect(adviceFor(sending, box({ incoming }), english)).toContain('SMTP_URL');
    expect(adviceFor(sending, box({ outgoing: incoming }), english)).not.toContain('SMTP_URL');
  });
});
