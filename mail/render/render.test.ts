import { describe, expect, it, test } from 'vitest';
import { reminderKinds } from '../../domain/ticket/events.ts';
import { composeMail } from '../compose.ts';
import { parseMail } from '../parse.ts';
import { renderAcknowledgement } from './acknowledgement.ts';
import { renderReminder } from './reminder.ts';
import { renderSummary } from './summary.ts';

const EVIL = '<img src=x onerror=alert(1)>';
const MESSAGE = {
  direction: 'in' as const,
  from: 'Bo',
  at: '2025-11-18T10:00:00Z',
  text: 'It is broken.',
  files: ['photo.jpg'],
};
const MAIL = {
  language: 'en' as const,
  ownText: null,
  companyName: 'Acme',
  mailboxName: 'Acme Support',
  mailboxAddress: 'support@acme.test',
  number: 12,
  subject: 'Printer',
  customerName: 'Bo',
  customerEmail: 'bo@b.example',
};

const SUMMARY = {
  ...MAIL,
  messages: [MESSAGE, { ...MESSAGE, direction: 'out' as const, from: 'Ada', text: 'Try this.' }],
};

describe('the acknowledgement', () => {
  it('names the ticket and invites to reply', () => {
    const { subject, text, html } = renderAcknowledgement(SUMMARY);
    expect(subject).toBe('Re: [#12] Printer');
    expect(text).toContain('Hello Bo,');
    expect(text).toContain('number 12: Printer');
    expect(html).toContain('<strong>12</strong>');
    expect(text).not.toContain('While you wait');
  });

  it('links what may answer already, in text and HTML', () => {
    const url = 'https://d.test/help/acme/jam?a=1&b=2';
    const answers = [
      { title: 'A paper jam', excerpt: 'Open the lid & pull.', url },
      { title: EVIL, excerpt: '', url },
    ];
    const { text, html } = renderAcknowledgement({ ...MAIL, answers });
    expect(text).toContain('While you wait: this may answer your question.\n\n- A paper jam\n');
    expect(text).toContain(`- A paper jam\n  ${url}\n  Open the lid & pull.\n`);
    expect(html).toContain('<a href="https://d.test/help/acme/jam?a=1&amp;b=2">A paper jam</a>');
    expect(html).toContain('Open the lid &amp; pull.');
    expect(html).not.toContain('<img');
    expect(renderAcknowledgement({ ...MAIL, language: 'sv', answers }).text).toContain(
      'Medan du väntar: det här kanske svarar på din fråga.',
    );
  });
});

describe('the summary', () => {
  it('is the transcript, oldest first', () => {
    const { subject, text, html } = renderSummary(SUMMARY);
    expect(subject).toBe('Re: [#12] Printer');
    expect(text).toMatch(
      /Bo, 18 Nov 2025, 10:00 UTC\n\nIt is broken\.\n\[photo\.jpg\][^]*Ada, .*\n\nTry this\./,
    );
    expect(html.indexOf('It is broken.')).toBeLessThan(html.indexOf('Try this.'));
  });

  it('leads to the page of the ticket, and so does the acknowledgement', () => {
    const page = 'https://d.test/t/12-x-y-acme';
    for (const { text, html } of [
      renderSummary({ ...SUMMARY, page }),
      renderAcknowledgement({ ...MAIL, page }),
    ]) {
      expect(text).toContain(`See your request and add to it: ${page}\n`);
      expect(html).toContain(`<a href="${page}">See your request and add to it</a>`);
    }
    const swedish = renderAcknowledgement({ ...MAIL, language: 'sv', page });
    expect(swedish.text).toContain(`Se ditt ärende och lägg till något: ${page}`);
  });

  it('asks how the help was, with a link for each answer, in both languages', () => {
    const rate = 'https://d.test/rate/12-x-y-acme';
    const { text, html } = renderSummary({ ...SUMMARY, rate });
    expect(text).toContain(
      `How was our help?\nGood: ${rate}?score=good\nOkay: ${rate}?score=okay\n` +
        `Bad: ${rate}?score=bad\n\nPrinter\n`,
    );
    for (const score of ['good', 'okay', 'bad']) {
      expect(html).toContain(`<a href="${rate}?score=${score}" style="display:inline-block`);
    }
    const swedish = renderSummary({ ...SUMMARY, language: 'sv', rate });
    expect(swedish.text).toContain(`Hur var vår hjälp?\nBra: ${rate}?score=good`);
    expect(renderSummary(SUMMARY).html).not.toContain('/rate/');
  });

  it('is HTML that any mail program shows: its own styles, no table, script or style sheet', () => {
    const { html } = renderSummary({ ...SUMMARY, rate: 'https://d.test/rate/x' });
    expect(html).not.toMatch(/<(table|script|style|img|link|form|input|button)|class=|var\(/);
    const opened = [...html.matchAll(/<(\w+)/g)].map(([, tag]) => tag);
    const shut = [...html.matchAll(/<\/(\w+)/g)].map(([, tag]) => tag);
    const alone = opened.filter((tag) => tag === 'hr' || tag === 'br').length;
    expect(opened.length).toBe(shut.length + alone);
    expect(html).toContain('<strong>Ada</strong>');
    expect(html).toContain('photo.jpg');
  });

  it('stays bounded for endless conversations', () => {
    const messages = Array.from({ length: 5_000 }, () => ({ ...MESSAGE, text: 'x'.repeat(100) }));
    const { text } = renderSummary({ ...SUMMARY, messages });
    expect(text).toContain('(4800 earlier messages are left out.)');
    expect(text.length).toBeLessThan(100_000);
  });
});

describe('the reminder', () => {
  it('holds number and link only, for every kind', () => {
    for (const kind of reminderKinds) {
      const mail = renderReminder({
        language: 'en',
        agentName: 'Ada',
        kind,
        reason: '',
        number: 12,
        url: 'https://d.test/t/12',
      });
      expect(mail.subject).toMatch(/^Ticket 12: /);
      expect(mail.text).toContain('https://d.test/t/12');
      expect(mail.html).toContain('href="https://d.test/t/12"');
    }
  });
});

test('the reminder of a callback says why the agent had put the ticket on hold', () => {
  const who = { language: 'en', agentName: 'Ada' } as const;
  const about = { ...who, kind: 'callback', number: 12, url: 'https://d.test/' } as const;
  const { text, html } = renderReminder({ ...about, reason: 'Call the plumber' });
  expect(text).toContain('Reason: Call the plumber');
  expect(html).toContain('Reason: Call the plumber');
});

describe("a company's own words", () => {
  const ownText =
    'Dear {{customer.firstName}},\n\n{{company.name}} has {{ticket.number}}. https://a.test';

  it('stand in the acknowledgement with their placeholders filled', () => {
    const { text, html } = renderAcknowledgement({ ...MAIL, ownText, customerName: 'Bo Ek' });
    expect(text).toMatch(/^Dear Bo,\n\nAcme has 12\. https:\/\/a\.test\n\nYour message is kept/);
    expect(html).toContain('>Dear Bo,</p>');
    expect(html).toContain('Acme has 12. <a href="https://a.test">');
  });

  it('leave no gap for a customer without a name', () => {
    const nobody = { ...SUMMARY, customerName: '' };
    expect(renderSummary(nobody).text).toMatch(/^Hello,\n\nyour request 12 has been solved/);
  });
});

test('the desk writes Swedish to the customers of a Swedish company', () => {
  const swedish = { ...SUMMARY, language: 'sv' as const };
  expect(renderAcknowledgement(swedish).text).toMatch(/^Hej Bo![^]*Ditt ärende har nummer 12: Pri/);
  expect(renderSummary(swedish).text).toMatch(/^Hej Bo![^]*Bo, 18 nov\. 2025/);
  const agent = { language: 'sv', agentName: 'Ada', kind: 'mentioned', reason: '' } as const;
  const reminder = renderReminder({ ...agent, number: 12, url: 'https://d.test/' });
  expect(reminder.subject).toBe('Ärende 12: en kollega har nämnt dig');
});

describe('every rendered mail', () => {
  it('escapes what people wrote and survives composing', async () => {
    const evil = {
      ...MAIL,
      ownText: `${EVIL} {{customer.name}}`,
      mailboxName: EVIL,
      subject: EVIL,
      customerName: EVIL,
      messages: [{ ...MESSAGE, from: EVIL, text: EVIL, files: [EVIL] }],
    };
    const url = 'https://d.test/?a=1&b="2"';
    const reminder = { language: 'en', agentName: EVIL, kind: 'callback', reason: EVIL } as const;
    const mails = [
      renderAcknowledgement(evil),
      renderSummary(evil),
      renderReminder({ ...reminder, number: 12, url }),
    ];
    for (const mail of mails) {
      expect(mail.html).not.toContain('<img');
      expect(mail.html).not.toMatch(/<style|class=/);
      const parsed = await parseMail(
        await composeMail({
          from: { name: 'Acme', address: 'support@acme.test' },
          to: ['bo@b.example'],
          messageId: 'a@acme.test',
          date: new Date(0),
          ...mail,
        }),
      );
      expect(parsed.text).toBe(mail.text.trim());
      expect(parsed.html).toContain('max-width:600px');
      expect(parsed.problem).toBeNull();
    }
  });
});
