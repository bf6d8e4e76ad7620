import { isRecord } from '../../cli/demo/desk-client.ts';
import { type Grounds, HARD, numberOf } from './fill-troubles.ts';

const DAY_MS = 86_400_000;
/** Soon enough that its reminder is in the pictures. */
const CALLBACK_MS = 3_000;

/** People, views, tokens, timers and notes, with names as long as life makes them. */
export async function fillSettings({ api, bo }: Grounds): Promise<void> {
  const me = await api.me();
  const long = 'Karin Wennerström-Löwenhielm';
  const email = 'karin.wennerstrom-lowenhielm@acme.test';
  await api.call('POST', '/agents', { name: long, email, role: 'agent', teams: [] });
  const gone = { name: 'Erik Nyman', email: 'erik@acme.test', role: 'agent', teams: [] };
  const made = await api.call('POST', '/agents', { ...gone, password: 'sat-by-the-window' });
  const erik = isRecord(made) ? String(made.id) : '';
  await api.call('PATCH', `/agents/${erik}`, { active: false });
  await api.call('POST', '/teams', { name: 'Returer och reklamationer i Norrland' });
  await api.makeToken('Warehouse robot that writes the delivery notes', me.agent.id);
  const views = [
    { name: 'Waiting over 4 hours', view: 'open', query: { waitingHours: 4 } },
    { name: 'Damaged goods', view: 'all', query: { label: ['damaged'] }, shared: true },
    { name: 'Företag som väntar på offert eller faktura', view: 'team', query: { turn: 'ours' } },
  ];
  for (const view of views) await api.call('POST', '/saved-views', view);

  const endless = await numberOf(api, HARD.endless);
  const at = `/tickets/${endless}`;
  await api.call('POST', `${at}/claim`);
  for (const label of ['reklamation-transportskada-2026', 'delivery', 'warranty']) {
    await api.call('PUT', `${at}/labels/${label}`);
  }
  const agents = await api.list('/agents');
  const boId = agents.find(({ name }) => String(name).startsWith('Bo'))?.id ?? '';
  await api.call('PUT', `${at}/participants/${boId}`);
  const mention = { text: '@Anna Berg kan du ringa dem?', mentions: [me.agent.id] };
  await bo.call('POST', `${at}/notes`, mention);
  const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();
  await api.call('POST', `${at}/auto-solve`, { at: inDays(4) });
  const planned = { text: 'Hej! Vi hämtar bordet på torsdag.', sendAt: inDays(1) };
  await api.call('POST', `${at}/reply`, { ...planned, dropIfCustomerWrites: true });

  const photos = await numberOf(api, HARD.photos);
  await api.call('POST', `/tickets/${photos}/claim`);
  const until = new Date(Date.now() + CALLBACK_MS).toISOString();
  await api.call('POST', `/tickets/${photos}/pend`, { until, reason: 'ring Oskar om skärmen' });
  await noteOnCustomer(api, endless);
}

async function noteOnCustomer(api: Grounds['api'], number: number): Promise<void> {
  const ticket = await api.call('GET', `/tickets/${number}`);
  const customer = isRecord(ticket) && isRecord(ticket.customer) ? String(ticket.customer.id) : '';
  const at = `/customers/${customer}`;
  await api.call('PUT', `${at}/addresses/wilhelmina@norrlandsinredningar.test`);
  await api.call('POST', `${at}/notes`, { text: 'Betalar med faktura, 30 dagar.' });
}
