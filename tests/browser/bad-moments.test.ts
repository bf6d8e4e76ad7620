/** What goes wrong is said in words next to the thing, and nothing that was typed is lost. */
import type { Route } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';

import type { AgentWindow } from './agent-window.ts';
import { makeTicket } from './seed-steps.ts';
import { type Desk, makeDesk, stepsOf } from './shared-desk.ts';

const WORDS = 'A new shade leaves us today.';
const REPLIES = '**/api/v1/tickets/*/reply';
const DRAFTS = '**/api/v1/tickets/*/draft';

let desk: Desk;
let anna: AgentWindow;
let number: number;

beforeAll(async () => {
  desk = await makeDesk({ name: 'moments', teams: ['Support'] });
  await desk.admin.api.call('PATCH', '/me', { undoSeconds: 0 });
  number = await makeTicket(desk, 'A lamp is cracked', { claim: desk.admin });
  anna = await desk.open(desk.admin, `/tickets/${number}`);
});

afterAll(() => desk.close());

const step = stepsOf(() => desk);

/** The editor itself, and not the plain field that takes the typing until it is there. */
const editor = () =>
  anna.page
    .getByRole('textbox', { name: 'Your answer' })
    .and(anna.page.locator('[contenteditable=true]'));

const problemIn = (form: string, words: RegExp | string) =>
  anna.page.getByRole('form', { name: form }).getByText(words);

/** A problem document as the API gives it. */
const refuse = (status: number, code: string, detail: string) => (route: Route) =>
  route.fulfill({
    status,
    contentType: 'application/problem+json',
    body: JSON.stringify({ type: 'about:blank', title: code, status, detail, code }),
  });

const sends = () => anna.page.locator('form').getByRole('button', { name: 'Send', exact: true });

step('without a connection the answer is refused beside it, and outlives a reload', async () => {
  await editor().fill(WORDS);
  await anna.page.context().setOffline(true);
  await sends().click();
  await anna.sees(problemIn('Answer', 'No connection to the server.'));
  await editor().pressSequentially(' It was the glassworks.');
  await anna.page.context().setOffline(false);
  // The server has not got the last words; this browser has.
  await anna.page.route(DRAFTS, (route) => route.abort());
  await anna.page.reload();
  await anna.sees(editor().getByText(`${WORDS} It was the glassworks.`));
  await anna.page.unrouteAll({ behavior: 'wait' });
});

step(
  'while the desk is not available it says so, and the same answer goes later, once',
  async () => {
    await anna.page.route(REPLIES, refuse(503, 'unavailable', 'Temporal is away.'));
    await sends().click();
    await anna.sees(problemIn('Answer', /Nothing is lost; try again/));
    await anna.sees(editor().getByText(WORDS));
    await anna.page.unrouteAll({ behavior: 'wait' });
    await sends().click();
    await anna.sees(anna.mail(WORDS).filter({ hasText: /Sent \d/ }));
    expect(await anna.mail(WORDS).count()).toBe(1);
  },
);

step('an answer that arrived, though its own answer was lost, is not sent twice', async () => {
  const words = 'It is on its way.';
  await editor().fill(words);
  await anna.page.route(REPLIES, async (route) => {
    await route.fetch();
    await route.abort();
  });
  await sends().click();
  await anna.sees(problemIn('Answer', 'No connection to the server.'));
  await anna.page.unrouteAll({ behavior: 'wait' });
  await sends().click();
  await anna.sees(anna.mail(words).filter({ hasText: /Sent \d/ }));
  await expect.poll(() => anna.mail(words).count()).toBe(1);
});

step('what somebody may not do is said where it was tried', async () => {
  const labels = '**/api/v1/tickets/*/labels/*';
  await anna.page.route(labels, refuse(403, 'forbidden', 'Only admins make labels here.'));
  await anna.button('Add a label').click();
  await anna.page.getByLabel('Label', { exact: true }).fill('glass');
  await anna.page.keyboard.press('Enter');
  const manage = anna.page.getByRole('region', { name: 'Manage' });
  await anna.sees(manage.getByText('Only admins make labels here.'));
  // What was shown ahead of the answer is taken back.
  await anna.misses(anna.button('Remove glass'));
  await anna.page.unrouteAll({ behavior: 'wait' });
});

step('a mail that grew too large keeps its words and says the limit', async () => {
  const words = 'With all the pictures.';
  await editor().fill(words);
  await anna.page.route(REPLIES, refuse(413, 'too_large', 'The mail would have 30 MB.'));
  await sends().click();
  await anna.sees(problemIn('Answer', 'The mail would have 30 MB.'));
  await anna.sees(editor().getByText(words));
  await anna.page.unrouteAll({ behavior: 'wait' });
});

step('what was solved meanwhile is shown as it is now, beside the refusal', async () => {
  const pends = '**/api/v1/tickets/*/pend';
  await anna.page.route(pends, async (route) => {
    await desk.admin.api.call('POST', `/tickets/${number}/solve`, { summary: false });
    await route.continue();
  });
  await anna.button(/^Pend/).click();
  const dialog = anna.dialog('Pend until…');
  await dialog.getByLabel('When').fill('in 3 days');
  await dialog.getByRole('button', { name: /^Pend until/ }).click();
  await anna.sees(dialog.getByText(/^It is solved;/), anna.button('Reopen').first());
  await anna.page.unrouteAll({ behavior: 'wait' });
  await anna.page.keyboard.press('Escape');
  await anna.sees(editor().getByText('With all the pictures.'));
});

step('who is signed out meanwhile signs in again and finds the words', async () => {
  await editor().fill('Words of a long evening.');
  await anna.page.context().clearCookies();
  await sends().click();
  await anna.page.getByLabel('E-mail').fill(desk.admin.email);
  await anna.page.getByLabel('Password').fill(desk.admin.password);
  await anna.page.getByRole('button', { name: 'Sign in' }).click();
  await anna.sees(anna.page.getByRole('heading', { name: 'A lamp is cracked', level: 1 }));
  await anna.sees(editor().getByText('Words of a long evening.'));
  expect(anna.errors).toEqual([]);
});
