import { isRecord } from '../../cli/demo/desk-client.ts';
import type { AgentWindow } from './agent-window.ts';
import type { DeskAgent } from './desk-company.ts';
import type { Desk } from './shared-desk.ts';

/** A window of an agent who stays on a ticket that is done, and so sees what became of it. */
export function openStaying(desk: Desk, agent: DeskAgent): Promise<AgentWindow> {
  const localStorage = [{ name: 'postkeep:after-done', value: 'stay' }];
  const storageState = { cookies: [], origins: [{ origin: desk.url, localStorage }] };
  return desk.open(agent, '/open', { storageState });
}

/** A mail of the customer whose text is its subject, as a ticket that an agent may have claimed. */
export async function makeTicket(
  desk: Desk,
  subject: string,
  { claim, text = subject }: { claim?: DeskAgent; text?: string } = {},
): Promise<number> {
  await desk.write({ subject, text });
  const number = await numberOf(desk, subject);
  if (claim) await claim.api.call('POST', `/tickets/${number}/claim`, {});
  return number;
}

/** Waits until the ticket is there. */
async function numberOf(desk: Desk, subject: string): Promise<number> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const items = await desk.admin.api.list('/tickets?view=all');
    const found = items.find((item) => item['subject'] === subject);
    if (isRecord(found)) return Number(found['number']);
    if (Date.now() > deadline) throw new Error(`no ticket has the subject "${subject}"`);
  }
}

/** Puts the ticket that is open in the window on hold, by the dialog. */
export async function pendIn(window: AgentWindow, span: string): Promise<void> {
  await window.button(/^Pend/).click();
  const dialog = window.dialog('Pend until…');
  await dialog.getByLabel('When').fill(`in ${span}`);
  await dialog.getByRole('button', { name: /^Pend until/ }).click();
  await dialog.waitFor({ state: 'hidden' });
}
