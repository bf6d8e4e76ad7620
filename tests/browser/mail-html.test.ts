import type { Frame, Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { type SmtpSink, startSmtpSink } from '../flows/smtp-sink.ts';
import type { AgentWindow } from './agent-window.ts';
import { hostileHtml, newsletterHtml } from './mail-html.ts';
import { type Desk, makeDesk, stepsOf } from './shared-desk.ts';
import { PICTURE, startTracker, type Tracker } from './tracker.ts';

/** Copies have the same date, to the second. */
const DAY = new Date('2026-11-19T16:20:00Z');

/** Code that runs in the browser. */
const PAGE_COLOR = 'getComputedStyle(document.body).backgroundColor';

const widthOf = (alt: string) => `document.querySelector('img[alt="${alt}"]')?.naturalWidth ?? 0`;

/** Anything on a page comes within this, or is missing. */
const PAGE = { timeout: 15_000 };

let desk: Desk;
let tracker: Tracker;
let sink: SmtpSink;
let agent: AgentWindow;

beforeAll(async () => {
  [desk, tracker, sink] = await Promise.all([makeDesk(), startTracker(), startSmtpSink()]);
  // What this desk sends meets a server that refuses when it is told to.
  const outgoing = { host: '127.0.0.1', port: Number(new URL(sink.url).port), tls: 'none' };
  await desk.admin.api.call('PATCH', `/mailboxes/${desk.mailbox.id}`, { outgoing });
  agent = await desk.open(desk.admin, '/open', { ignoreHTTPSErrors: true });
});

afterAll(() => Promise.all([desk.close(), tracker.stop(), sink.stop()]));

beforeEach(async () => {
  tracker.seen.length = 0;
  // What a page asked for last may still be on its way.
  await agent.page.unrouteAll({ behavior: 'wait' });
});

const step = stepsOf(() => desk);

/** A mail from a sender of its own comes in, and the agent opens its ticket. */
async function open(
  subject: string,
  content: { html?: string; text?: string; attachments?: object[] },
): Promise<void> {
  await desk.write({
    from: `${subject.replaceAll(' ', '.').toLowerCase()}@sender.test`,
    subject,
    text: 'The plain words of it.',
    ...content,
  });
  await agent.view('New').click();
  await agent.ticket(subject).click();
  await agent.sees(agent.page.getByRole('heading', { name: subject, level: 1 }));
}

const frameElement = (): Locator => agent.page.locator('iframe.mail-html');

/** The mail in its frame, once it has been put there. */
async function shownMail(words: string): Promise<Frame> {
  await frameElement().contentFrame().getByText(words).first().waitFor();
  const frame = await (await frameElement().elementHandle())?.contentFrame();
  if (!frame) throw new Error('the frame of the mail is gone');
  return frame;
}

/** Loads the ticket again with other HTML in its mail, as if the server had let it through. */
async function showUncleaned(html: string): Promise<void> {
  const timeline = '**/api/v1/tickets/*/timeline*';
  await agent.page.route(timeline, async (route) => {
    const response = await route.fetch();
    const body: { items: { kind: string; html?: string }[] } = await response.json();
    for (const item of body.items) if (item.kind === 'message') item.html = html;
    await route.fulfill({ response, json: body });
  });
  await agent.page.reload();
}

/** What would be true had any script of the mail run, or any of its parts reached out. */
async function harm(): Promise<object> {
  const { page } = agent;
  return {
    ran: await page.evaluate<boolean>("'hacked' in window || /hacked/.test(document.title)"),
    pages: page.context().pages().length,
    at: new URL(page.url()).pathname.replace(/\d+/, 'N'),
    red: await page.evaluate<string>(PAGE_COLOR),
    requests: tracker.seen,
  };
}

async function parts(frame: Frame): Promise<{ tags: string[]; attributes: string[] }> {
  return frame.evaluate<{ tags: string[]; attributes: string[] }>(`(() => {
    const all = [...document.querySelectorAll('#mail *')];
    const names = (list) => [...new Set(list)].sort();
    return {
      tags: names(all.map((element) => element.tagName.toLowerCase())),
      attributes: names(all.flatMap((element) => element.getAttributeNames())),
    };
  })()`);
}

step('a hostile mail runs nothing, loads nothing and covers nothing', async () => {
  await agent.view('New').click();
  await agent.sees(agent.page.getByText('No new tickets'));
  const safe = { ran: false, pages: 1, at: '/tickets/N', requests: [] };
  const paper = await agent.page.evaluate<string>(PAGE_COLOR);
  await open('A hostile mail', { html: hostileHtml(tracker.url) });
  await shownMail('The last line of the mail.');
  expect(await harm()).toEqual({ ...safe, red: paper });
  await agent.sees(agent.page.getByRole('button', { name: 'Claim' }));
  // The same past the server's cleaning: the browser's own holds alone.
  await showUncleaned(hostileHtml(tracker.url));
  const frame = await shownMail('The last line of the mail.');
  const { tags, attributes } = await parts(frame);
  const forbidden =
    /^(script|style|svg|math|iframe|object|embed|link|meta|base|form|input|button)$/;
  expect(tags.filter((tag) => forbidden.test(tag))).toEqual([]);
  const known = ['alt', 'data-quote', 'data-remote-src', 'href', 'open', 'referrerpolicy', 'rel'];
  const looks = ['style', 'target', 'title', 'color', 'bgcolor', 'src'];
  expect(attributes.filter((name) => ![...known, ...looks].includes(name))).toEqual([]);
  expect(await harm()).toEqual({ ...safe, red: paper });
  const height = (await frameElement().boundingBox())?.height ?? Infinity;
  expect(height).toBeLessThan(2_000);
});

step('the frame itself runs no script and loads nothing, whatever stands in it', async () => {
  const frame = await shownMail('The last line of the mail.');
  await agent.page.evaluate(`(() => {
    const page = document.querySelector('iframe.mail-html').contentDocument;
    const add = (tag, fields) => page.body.append(Object.assign(page.createElement(tag), fields));
    add('script', { textContent: 'top.hacked=1' });
    add('img', { src: '${tracker.url}/uncleaned.png' });
    add('link', { rel: 'stylesheet', href: '${tracker.url}/uncleaned.css' });
    page.body.insertAdjacentHTML('beforeend', '<p onclick="top.hacked=1">Press me</p>');
  })()`);
  await frame.getByText('Press me').click();
  expect(await agent.page.evaluate("'hacked' in window")).toBe(false);
  expect(tracker.seen).toEqual([]);
});

step('remote images load when the agent asks, and always when the agent says so', async () => {
  const html =
    `<p>Our offer</p><img src="${tracker.url}/open.png" alt="Offer">` +
    `<img src="cid:logo@sender.test" alt="Logo">`;
  const logo = { filename: 'logo.png', content: PICTURE, cid: 'logo@sender.test' };
  await open('Offer of the week', { html, attachments: [logo] });
  // Asked again and again from outside: nothing in the frame can wait.
  const loaded = (alt: string) =>
    expect
      .poll(async () => (await shownMail('Our offer')).evaluate<number>(widthOf(alt)), PAGE)
      .toBeGreaterThan(0);
  await loaded('Logo');
  expect(tracker.seen).toEqual([]);
  await agent.button('Show images').click();
  await loaded('Offer');
  expect(tracker.seen).toEqual([{ path: '/open.png', referer: undefined }]);
  await agent.page.reload();
  await agent.sees(agent.button('Show images'));
  await loaded('Logo');
  expect(tracker.seen.length).toBe(1);
  await agent.button('Always for this sender').click();
  await agent.sees(agent.page.getByText('Images from offer.of.the.week@sender.test are always'));
  await loaded('Offer');
  await agent.page.reload();
  await loaded('Offer');
  expect(tracker.seen.length).toBe(3);
  await agent.button('Ask again next time').click();
  await agent.sees(agent.button('Show images'));
});

step('a link opens apart, and tells its page nothing of ours', async () => {
  await open('A link', { html: `<p>Read <a href="${tracker.url}/page">our page</a></p>` });
  const frame = await shownMail('our page');
  const [popup] = await Promise.all([
    agent.page.context().waitForEvent('page'),
    frame.getByText('our page').click(),
  ]);
  await popup.getByText('Welcome').waitFor();
  expect(await popup.evaluate('[window.opener, document.referrer]')).toEqual([null, '']);
  // Out of the sandbox: the page that opens may run its own scripts.
  expect(await popup.evaluate('window.origin')).toBe(tracker.url);
  expect(tracker.seen).toEqual([{ path: '/page', referer: undefined }]);
  await popup.close();
});

step('a newsletter of a megabyte is readable, scrolls within itself and stays folded', async () => {
  const html = newsletterHtml(tracker.url);
  expect(html.length).toBeGreaterThan(950_000);
  await open('A newsletter', { html });
  await shownMail('The autumn newsletter');
  await agent.page.reload();
  const frame = await shownMail('The autumn newsletter');
  await agent.sees(agent.page.getByText('950 remote images blocked'));
  const overflow = (selector: string) =>
    `(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)(${selector})`;
  expect(await frame.evaluate(overflow("document.getElementById('mail')"))).toBe(true);
  expect(await agent.page.evaluate(overflow('document.documentElement'))).toBe(false);
  const box = await frameElement().boundingBox();
  expect(box?.height).toBeGreaterThan(1_000);
  expect(box?.height).toBeLessThanOrEqual(20_000);
  const spring = frame.getByText('What was written in spring');
  expect(await spring.isVisible()).toBe(false);
  await agent.button('Quoted text').click();
  expect(await spring.isVisible()).toBe(true);
  expect(tracker.seen).toEqual([]);
});

step('what Outlook quotes is folded whole, though only its head is wrapped', async () => {
  const head =
    '<b>Von:</b> Acme<br><b>Gesendet:</b> Montag<br><b>An:</b> Olaf<br><b>Betreff:</b> Re';
  const html =
    `<div class="WordSection1"><p>It is an LX-200.</p><div><div style="border:none;` +
    `border-top:solid #E1E1E1 1.0pt"><p>${head}</p></div></div><p>Which model is it?</p></div>`;
  const text =
    'It is an LX-200.\n\nVon: Acme\nGesendet: Montag\nAn: Olaf\nBetreff: Re\n\nWhich model?';
  await open('An Outlook answer', { html, text });
  const frame = await shownMail('It is an LX-200.');
  expect(await frame.getByText('Which model is it?').isVisible()).toBe(false);
  await agent.button('Quoted text').click();
  await agent.sees(frame.getByText('Which model is it?'));
});

step('mail is readable in the dark: on its own paper if it brings colors', async () => {
  const rootOf = (words: string, property: string) =>
    shownMail(words).then((frame) =>
      frame.evaluate<string>(`getComputedStyle(document.documentElement).${property}`),
    );
  const styleOf = (selector: string, property: string) =>
    agent.page.evaluate<string>(
      `getComputedStyle(document.querySelector('${selector}')).${property}`,
    );
  await agent.page.evaluate("localStorage.setItem('postkeep:theme', 'dark')");
  await agent.page.reload();
  await open('Simple', { html: '<p>Simple <b>words</b></p>' });
  await expect.poll(() => rootOf('Simple', 'colorScheme'), PAGE).toBe('dark');
  expect(await rootOf('Simple', 'color')).toBe(await styleOf('article .card', 'color'));
  await open('Colorful', { html: '<p style="color:#111111">Colorful words</p>' });
  await expect.poll(() => rootOf('Colorful', 'colorScheme'), PAGE).toBe('light');
  expect(await styleOf('iframe.mail-html', 'backgroundColor')).toBe('rgb(255, 255, 255)');
  await agent.page.evaluate("localStorage.removeItem('postkeep:theme')");
});

step('a plain mail needs no frame', async () => {
  await open('Plain', { text: 'Only words' });
  await agent.sees(agent.mail('Only words'));
  expect(await frameElement().count()).toBe(0);
});

step(
  'a refused mail stands under Sending problems until it goes to the right address',
  async () => {
    sink.behave((to) => (to === 'gone@customer.test' ? 'refuse-recipient' : 'accept'));
    await agent.view('Sending problems').click();
    await agent.sees(agent.page.getByText('No mail has failed'));
    const mail = { to: 'gone@customer.test', subject: 'Your chair', text: 'It left today.' };
    await desk.admin.api.call('POST', '/tickets', { ...mail, undoSeconds: 0 });
    const row = agent.page.getByRole('row').filter({ hasText: 'gone@customer.test' });
    await agent.sees(row.getByText('Not delivered'), row.getByText('550 5.1.1 no such user here'));
    await agent.sees(agent.view('Sending problems').filter({ hasText: '1' }));
    await row.getByRole('button', { name: 'Resend…' }).click();
    const dialog = agent.dialog('Correct the address and resend');
    await dialog.getByLabel('To').fill('here@customer.test, also@customer.test');
    await dialog.getByRole('button', { name: 'Resend' }).click();
    const sent = await sink.next(({ to }) => to.includes('here@customer.test'));
    expect(sent.to).toEqual(['here@customer.test', 'also@customer.test']);
    await agent.sees(agent.page.getByText('No mail has failed'));
    await agent.sees(agent.view('Sending problems').filter({ hasText: '0' }));
  },
);

step('every mail that came in is listed with what became of it, and why', async () => {
  await agent.view('All mail in').click();
  await agent.sees(agent.page.getByText('It begins a conversation.'));
  const letter = { subject: 'Two of a kind', text: 'The same words.', messageId: '<kind@x.test>' };
  for (const _ of [1, 2]) {
    await desk.write({ ...letter, from: 'kind@x.test', date: DAY });
  }
  const rows = agent.page.getByRole('row').filter({ hasText: 'Two of a kind' });
  const first = rows.filter({ hasText: 'New ticket #' });
  const copy = rows.filter({ hasText: 'Duplicate of a mail in #' });
  await agent.sees(first.getByText(`to ${desk.mailbox.address}`), copy);
  await agent.page.getByRole('link', { name: 'Duplicate', exact: true }).click();
  await agent.misses(first);
  await agent.page.reload();
  await agent.sees(copy.getByText('The same mail had come in before.'));
  expect(new URL(agent.page.url()).search).toBe('?outcome=duplicate');
  await copy.getByRole('button', { name: 'Headers' }).click();
  await agent.sees(copy.getByText('Message-ID: <kind@x.test>'));
  await copy.getByRole('link', { name: 'Show all copies' }).click();
  await agent.sees(first, copy);
  await agent.page.getByRole('link', { name: 'Bounce', exact: true }).click();
  await agent.sees(agent.page.getByText('No such mail'));
  await agent.page.goBack();
  await first.getByRole('link', { name: /^#\d+$/ }).click();
  await agent.sees(agent.mail('The same words.'));
});

step('a ticket that comes while its list is opened is in it', async () => {
  await agent.view('All mail in').click();
  await agent.sees(agent.page.getByRole('heading', { name: 'All mail in', level: 1 }));
  const words = { subject: 'Just in time', text: 'Hello' };
  await agent.page.route(
    '**/api/v1/tickets?*',
    async (route) => {
      const response = await route.fetch();
      await desk.write({ from: 'just@x.test', ...words });
      const row = agent.page.getByRole('row').filter({ hasText: 'Just in time' });
      await agent.sees(row.getByText('New ticket #'));
      await route.fulfill({ response });
    },
    { times: 1 },
  );
  await agent.view('New').click();
  await agent.sees(agent.ticket('Just in time'));
});

step('what was shown further down stays there when the next mail comes in', async () => {
  await agent.page.route('**/api/v1/mails?*', (route) =>
    route.continue({
      url: route
        .request()
        .url()
        .replace(/limit=\d+/, 'limit=2'),
    }),
  );
  await agent.view('All mail in').click();
  const rows = agent.page.getByRole('row').filter({ hasText: `to ${desk.mailbox.address}` });
  await expect.poll(() => rows.count(), PAGE).toBe(2);
  await agent.button('Show more').click();
  await expect.poll(() => rows.count(), PAGE).toBe(4);
  // Under the pointer the list would hold still.
  await agent.page.mouse.move(1, 1);
  const words = { subject: 'The next mail', text: 'Hello' };
  await desk.write({ from: 'next@x.test', ...words });
  await agent.sees(rows.filter({ hasText: 'The next mail' }));
  expect(await rows.count()).toBe(5);
});

step('a mail’s headers and source are read, and saved, where its ticket is', async () => {
  await agent.view('New').click();
  await agent.ticket('Two of a kind').click();
  await agent.button('More about this mail').click();
  await agent.page.getByRole('menuitem', { name: 'Headers' }).click();
  const headers = agent.dialog('Headers of this mail');
  await agent.sees(headers.getByText('Message-ID: <kind@x.test>'));
  expect(await headers.getByText('The same words.').count()).toBe(0);
  await headers.getByRole('button', { name: 'Close' }).last().click();
  await agent.button('More about this mail').click();
  await agent.page.getByRole('menuitem', { name: 'Source' }).click();
  const source = agent.dialog('Source of this mail');
  await agent.sees(source.getByText('The same words.'));
  const [saved] = await Promise.all([
    agent.page.waitForEvent('download'),
    source.getByRole('link', { name: 'Raw mail' }).click(),
  ]);
  expect(saved.suggestedFilename()).toMatch(/^mail-.*\.eml$/);
  await agent.page.keyboard.press('Escape');
  await agent.misses(source);
});

step('a file with a virus is saved only by somebody who read what was found in it', async () => {
  const file = { filename: 'order.txt', content: 'One chair.' };
  await open('An order', { attachments: [file] });
  await agent.sees(agent.page.getByRole('link', { name: 'order.txt' }));
  await agent.page.route('**/api/v1/tickets/*/timeline*', async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replaceAll('"threat":null', '"threat":"Eicar-Test"');
    await route.fulfill({ response, body });
  });
  await agent.page.reload();
  await agent.button(/order.txt/).click();
  const held = agent.dialog('Held back: Eicar-Test');
  await held.getByRole('button', { name: 'Leave it' }).click();
  await agent.misses(held);
  await agent.button(/order.txt/).click();
  const [saved] = await Promise.all([
    agent.page.waitForEvent('download'),
    held.getByRole('link', { name: 'Download anyway' }).click(),
  ]);
  expect(new URL(saved.url()).search).toBe('?anyway=true');
  expect(saved.suggestedFilename()).toBe('order.txt');
  await agent.misses(held);
});

step('a parked mail is read, and then becomes a ticket', async () => {
  await agent.view('Parked mail').click();
  await agent.sees(agent.page.getByText('No parked mail'));
  const from = desk.mailbox.address;
  const words = { subject: 'Round and round', text: 'Our own words come back.' };
  await desk.write({ from, to: from, ...words });
  const row = agent.page.getByRole('row').filter({ hasText: 'Round and round' });
  await agent.sees(row.getByText('Parked'), agent.view('Parked mail').filter({ hasText: '1' }));
  await row.getByRole('button', { name: 'Read' }).click();
  await agent.sees(row.getByText('Our own words come back.'));
  await row.getByRole('button', { name: 'Headers' }).click();
  await agent.sees(row.getByText('Subject: Round and round'));
  await row.getByRole('button', { name: 'Delete…' }).click();
  await agent.button('Keep it').click();
  await row.getByRole('button', { name: 'Accept as new' }).click();
  await agent.sees(agent.page.getByText('No parked mail'));
  await agent.view('New').click();
  await agent.sees(agent.ticket('Round and round'));
  expect(agent.errors).toEqual([]);
});
