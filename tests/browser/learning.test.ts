import { afterAll, beforeAll, expect, vi } from 'vitest';

import { isRecord } from '../../cli/demo/desk-client.ts';
import type { AgentWindow } from './agent-window.ts';
import { type Desk, makeDesk, stepsOf } from './shared-desk.ts';

const LINEN = 'Wash the linen shade by hand in cold water, and let it dry in the dark.';
const DUST = 'Wipe a linen shade with a dry cloth before you wash it.';
/** From SMTP to what the assistant found, on a busy machine. */
const ARRIVES_MS_MAX = 30_000;

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

let desk: Desk;
let anna: AgentWindow;

beforeAll(async () => {
  desk = await makeDesk({ admin: 'Anna Berg' });
  const { api } = desk.admin;
  await api.call('PATCH', '/me', { undoSeconds: 0 });
  await api.call('PATCH', `/mailboxes/${desk.mailbox.id}`, { assistant: 'suggest' });
  const baseOf = async (name: string, isPublic: boolean) => {
    const base = await api.call('POST', '/knowledge-bases', { name, public: isPublic });
    return isRecord(base) ? String(base['id']) : '';
  };
  const article = { published: true, language: 'en' };
  const knowledgeBase = await baseOf('Help', true);
  const linen = { knowledgeBase, title: 'Wash a linen shade', body: LINEN };
  await api.call('POST', '/articles', { ...article, ...linen });
  const dust = { knowledgeBase: await baseOf('Desk', false), title: 'Linen shades', body: DUST };
  await api.call('POST', '/articles', { ...article, ...dust });
  await desk.write({
    subject: 'Wash the linen shade',
    text: 'Hello,\n\nhow do I wash the linen shade?\n\nKind regards\nEleanor',
  });
  await vi.waitFor(async () => {
    const found = await api.call('GET', '/tickets/1/suggestions');
    expect(found).toMatchObject({ items: [{ kind: 'assistant' }, { kind: 'article' }] });
  }, ARRIVES_MS_MAX);
  anna = await desk.open(desk.admin, '/tickets/1');
});

afterAll(() => desk.close());

const step = stepsOf(() => desk);
const editor = ({ page }: AgentWindow) =>
  page.getByRole('textbox', { name: 'Your answer' }).and(page.locator('[contenteditable=true]'));
const bar = ({ page }: AgentWindow) => page.getByRole('region', { name: 'Suggested answers' });
const item = (window: AgentWindow, words: string) =>
  bar(window).getByRole('listitem').filter({ hasText: words });

const marks = () =>
  desk.database.withCompany(desk.id, (trx) =>
    trx('suggestion_mark').orderBy('kind').select('kind', 'used_at', 'dismissed_at'),
  );

step('on a phone suggestions leave room to read and to write', async () => {
  const phone = await desk.open(desk.admin, '/tickets/1', PHONE);
  await phone.sees(item(phone, 'by the assistant'), editor(phone));
  const words = await item(phone, LINEN).locator('.text').boundingBox();
  const asked = await phone.mail('how do I wash the linen shade?').boundingBox();
  const bars = await bar(phone).boundingBox();
  expect(words?.width).toBeGreaterThan(340);
  expect((asked?.y ?? 0) + (asked?.height ?? 844)).toBeLessThan(bars?.y ?? 0);
  await phone.close();
});

step('a suggestion is dismissed for good, or inserted, edited, sent and counted', async () => {
  await anna.sees(item(anna, 'internal: customers cannot read it'));
  await anna.button('Dismiss “Linen shades”').click();
  await anna.misses(item(anna, 'Linen shades'));
  await anna.page.reload();
  await anna.sees(item(anna, LINEN));
  expect(await bar(anna).getByRole('listitem').count()).toBe(1);
  await anna.button('Insert “Wash a linen shade” into the answer').click();
  await anna.sees(
    editor(anna).getByText(LINEN),
    editor(anna).getByRole('link', { name: 'Wash a linen shade' }),
  );
  await anna.misses(bar(anna));
  await anna.page.keyboard.type(' tells more.');
  await anna.button('Send').click();
  const mail = anna.page.frameLocator('iframe.mail-html').last();
  await anna.sees(mail.getByText('Wash a linen shade tells more.'));
  // Whom a person has answered nobody needs to suggest anything for.
  await anna.misses(bar(anna));
  expect(await marks()).toEqual([
    { kind: 'article', used_at: null, dismissed_at: expect.any(String) },
    { kind: 'assistant', used_at: expect.any(String), dismissed_at: null },
  ]);
  expect(anna.errors).toEqual([]);
});

step(
  'an article is made of a solved ticket, without who it was, and leads back to it',
  async () => {
    await desk.admin.api.call('POST', '/tickets/1/solve', { summary: false });
    const { page } = anna;
    await anna.sees(page.getByRole('link', { name: 'Make an article' }));
    await page.getByRole('heading', { name: 'Wash the linen shade' }).click();
    await page.keyboard.press('b');
    await page.waitForURL(/knowledge-base\/new\?from=1$/);
    const text = page.getByLabel('Text', { exact: true });
    await anna.sees(
      text,
      page.getByText('Read it through before you publish it', { exact: false }),
    );
    const draft = await text.inputValue();
    expect(draft).toContain('> How do I wash the linen shade?');
    expect(draft).toContain(LINEN);
    expect(draft).not.toMatch(/eleanor|kind regards/i);
    await page.setViewportSize(PHONE.viewport);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByLabel('Title').fill('How a linen shade is washed');
    await page.waitForURL(/knowledge-base\/(?!new)/);
    await anna.sees(page.getByText('Saved', { exact: true }));
    await page.getByRole('main').getByRole('link', { name: '#1' }).click();
    // Who makes it again goes on with the same one.
    await page.getByRole('link', { name: 'Make an article' }).click();
    await page.waitForURL(/knowledge-base\/(?!new)/);
    expect(await page.getByLabel('Title').inputValue()).toBe('How a linen shade is washed');
    expect(await desk.admin.api.list('/articles?published=false')).toMatchObject([
      { fromTicket: 1 },
    ]);
  },
);

step('a question by mail is answered and solved, is new after a no, or new at once', async () => {
  const { api } = desk.admin;
  await api.call('PATCH', `/mailboxes/${desk.mailbox.id}`, { assistant: 'answer' });
  const until = (number: number, facts: object) =>
    vi.waitFor(
      async () => expect(await api.call('GET', `/tickets/${number}`)).toMatchObject(facts),
      ARRIVES_MS_MAX,
    );
  const wash = { subject: 'Wash the linen shade', text: 'How do I wash the linen shade?' };
  await desk.write({ ...wash, from: desk.customerAt('carla') });
  await until(2, { state: 'solved', solvedBy: { kind: 'assistant' } });
  const mail = await vi.waitFor(async () => {
    const entries = (await api.list('/tickets/2/timeline')).filter(isRecord);
    const sent = entries.find(({ direction }) => direction === 'out');
    expect(sent).toMatchObject({ state: 'sent', text: expect.stringContaining(LINEN) });
    return sent;
  }, ARRIVES_MS_MAX);
  const inReplyTo = `<${String(mail?.['messageId']).replace(/^<|>$/g, '')}>`;
  const no = { subject: 'Re: Wash the linen shade', text: 'No, it is velvet.', inReplyTo };
  await desk.write({ ...no, from: desk.customerAt('carla') });
  await until(2, { state: 'new', solvedBy: null });
  for (const subject of ['Rebate for students', 'Do students get a rebate']) {
    await desk.write({ subject, text: 'I study.', from: desk.customerAt('dora') });
  }
  for (const number of [3, 4]) {
    await vi.waitFor(async () => {
      const history = (await api.list(`/tickets/${number}/timeline`)).filter(isRecord);
      expect(history.map(({ type }) => type)).toContain('assistantHandedOver');
    }, ARRIVES_MS_MAX);
    await until(number, { state: 'new', solvedBy: null });
    expect(await api.call('GET', `/tickets/${number}/suggestions`)).toEqual({ items: [] });
  }
});

step('the report of a period says what was answered, used and not found', async () => {
  const { page } = anna;
  await page.getByRole('link', { name: 'Reports' }).click();
  const answers = page.getByRole('table', { name: 'Answers', exact: true });
  const row = (words: string) => answers.getByRole('row').filter({ hasText: words });
  await anna.sees(
    row('Mails that the assistant answered').filter({ hasText: '1 wrote again' }),
    row('Mails for which it suggested an answer').filter({ hasText: '1 used (100 %)' }),
    row('Mails that it had no answer to').filter({ hasText: '2' }),
    row('Suggestions that agents used').filter({ hasText: '1 dismissed' }),
  );
  const topics = page.getByRole('table', { name: 'Questions without an answer' });
  const topic = topics.getByRole('row').filter({ hasText: 'rebate' });
  await anna.sees(topic.getByRole('link', { name: '#3' }), topic.getByRole('link', { name: '#4' }));
  await page.getByLabel('From').fill('2020-01-01');
  await page.getByLabel('To').fill('2020-01-31');
  await anna.button('Show').click();
  await page.waitForURL(/from=2020-01-01&to=2020-01-31/);
  await anna.sees(page.getByText('The assistant was not asked in this period', { exact: false }));
  await page.getByRole('link', { name: '7 days' }).click();
  await anna.sees(answers);
  expect(anna.errors).toEqual([]);
});
