import { beforeAll, describe, expect, test } from 'vitest';

import type { Caller, Method } from './caller.ts';
import { newCompany } from './company.ts';
import type { Company, SignedInAgent } from './company.ts';
import { inSeconds } from './eventually.ts';
import { addressIn, newTicket, parkedMail } from './letters.ts';
import { documentOf } from './openapi.ts';
import { contract } from './product.ts';
import { refusalOf } from './shown.ts';
import { mailTo, mailsTo } from './world-mail.ts';

let desk: Company;
let anna: SignedInAgent;
let bo: SignedInAgent;

beforeAll(async () => {
  desk = await newCompany('once');
  [anna, bo] = await Promise.all([desk.agent('Anna'), desk.agent('Bo', { role: 'admin' })]);
});

let keys = 0;
const newKey = () => `key-${(keys += 1)}`;
const letter = (more: object = {}) => newTicket(desk.admin, { to: desk.mailbox.address, ...more });

/** A call with two bodies; without an `other` body it is the same call on another thing. */
interface Change {
  path: string;
  body?: unknown;
  other?: unknown;
  otherPath?: string;
}

async function open(): Promise<number> {
  const number = await letter();
  await anna.done('POST', `/tickets/${number}/claim`);
  return number;
}

async function solved(): Promise<number> {
  const number = await open();
  await anna.done('POST', `/tickets/${number}/solve`, { summary: false });
  return number;
}

async function pending(): Promise<number> {
  const number = await open();
  await anna.done('POST', `/tickets/${number}/pend`, { until: inSeconds(3_600) });
  return number;
}

const onTicket =
  (begin: () => Promise<number>, end: string, more: () => Partial<Change> = () => ({})) =>
  async (): Promise<Change> => {
    const number = await begin();
    return { path: `/tickets/${number}${end}`, otherPath: `/tickets/4711${end}`, ...more() };
  };

let things = 0;
/** By `who`: what is its maker's alone has to be Bo's, who makes the calls. */
const newThing = async (path: string, body: object, who: Caller = desk.admin): Promise<string> => {
  const made = await who.done('POST', path, body);
  return `${path}/${made.body.id}`;
};
const thing = (path: string, body: () => object, change?: () => Partial<Change>) => async () => {
  const made = await newThing(path, body(), path === '/saved-views' ? bo : desk.admin);
  return { path: made, otherPath: `${path}/nothing`, ...change?.() };
};
const name = () => ({ name: `Thing ${(things += 1)}` });
const made = (path: string, body: () => object) => async () => ({
  path,
  body: body(),
  other: body(),
});
const response = () => ({ title: `Hello ${(things += 1)}`, body: 'Hi' });
const savedView = () => ({ ...name(), view: 'open', query: {} });
const mailbox = () => ({ address: `box-${(things += 1)}@${desk.id}.test` });
const domain = () => ({ domain: `${desk.id}.test` });
const agent = () => ({
  name: 'New',
  email: `agent-${(things += 1)}@${desk.id}.test`,
  role: 'agent',
  teams: [],
});
const article = async () => {
  const { body } = await desk.admin.done('POST', '/knowledge-bases', name());
  return { knowledgeBase: body.id, title: `How ${(things += 1)}`, body: 'So.' };
};

/** Published, and written further. */
async function changedArticle(): Promise<{ path: string; base: string }> {
  const path = await newThing('/articles', { ...(await article()), published: true });
  const { body: first } = await desk.admin.done('GET', `${path}/draft`);
  const text = { title: 'Other', body: 'Other', base: first.revision };
  const { body } = await desk.admin.done('PUT', `${path}/draft`, text);
  return { path, base: body.revision };
}
const onChangedArticle = (end: string) => async () => {
  const { path, base } = await changedArticle();
  return { path: `${path}${end}`, body: { base }, other: { base: 'x' } };
};

const parked = () => parkedMail(desk.admin, desk.mailbox.address);

/** A mail in a customer's ticket that somebody else wrote. */
async function ofAnother(): Promise<string> {
  const id = await parked();
  await anna.done('POST', `/mails/${id}/attach`, { ticket: await open() });
  for (;;) {
    const { body } = await anna.done('GET', `/mails/${id}`);
    if (body.outcome === 'added') return id;
  }
}

async function failed(): Promise<string> {
  const to = `refuse-${(things += 1)}@once.test`;
  const number = await letter({ from: to });
  const answer = await anna.done('POST', `/tickets/${number}/reply`, {
    text: 'x',
    undoSeconds: 0,
  });
  const { id } = answer.body.message;
  for (;;) {
    const { body } = await anna.done('GET', '/messages?state=failed&limit=200');
    if (body.items.some((item: { id: string }) => item.id === id)) return id;
  }
}

const reminder = async (): Promise<string> => {
  const number = await letter();
  await anna.done('POST', `/tickets/${number}/assign`, { agent: bo.id });
  const { body } = await bo.done('GET', '/reminders');
  return body.items[0].id;
};

async function customer(): Promise<string> {
  const number = await letter({ from: `c-${(things += 1)}@once.test` });
  const { body } = await anna.done('GET', `/tickets/${number}`);
  return body.customer.id;
}

/** Bo's, who makes the calls. */
async function ownNote(of: string): Promise<string> {
  const { body } = await bo.done('POST', `${of}/notes`, { text: 'A' });
  return `${of}/notes/${body.id}`;
}

function upload(content: string): FormData {
  const form = new FormData();
  form.append('file', new Blob([content]), 'words.txt');
  return form;
}

/** One for each changing call of the document. */
const changes: Record<string, () => Promise<Change>> = {
  'POST /tickets': made('/tickets', () => ({
    to: `new-${(things += 1)}@once.test`,
    subject: 'Hello',
    text: 'Hi',
  })),
  'PATCH /tickets/{}': onTicket(open, '', () => ({
    body: { subject: 'A' },
    other: { subject: 'B' },
  })),
  'POST /tickets/{}/claim': onTicket(letter, '/claim', () => ({
    body: {},
    other: { takeover: true },
  })),
  'POST /tickets/{}/release': onTicket(open, '/release'),
  'POST /tickets/{}/assign': onTicket(letter, '/assign', () => ({
    body: { agent: bo.id },
    other: { agent: anna.id },
  })),
  'POST /tickets/{}/resume': onTicket(pending, '/resume'),
  'POST /tickets/{}/reopen': onTicket(solved, '/reopen'),
  'POST /tickets/{}/reply': onTicket(open, '/reply', () => ({
    body: { text: 'A' },
    other: { text: 'B' },
  })),
  'PUT /tickets/{}/draft': onTicket(open, '/draft', () => ({
    body: { text: 'A' },
    other: { text: 'B' },
  })),
  'POST /tickets/{}/pend': onTicket(letter, '/pend', () => ({
    body: { until: inSeconds(3_600), reason: 'A' },
    other: { until: inSeconds(7_200) },
  })),
  'POST /tickets/{}/solve': onTicket(open, '/solve', () => ({
    body: { summary: false },
    other: { summary: true },
  })),
  'POST /tickets/{}/auto-solve': onTicket(open, '/auto-solve', () => ({
    body: { at: inSeconds(3_600) },
    other: { at: null },
  })),
  'POST /tickets/{}/team': async () => {
    const { body } = await desk.admin.done('POST', '/teams', name());
    return onTicket(open, '/team', () => ({ body: { team: body.id }, other: { team: null } }))();
  },
  'PUT /tickets/{}/participants/{}': async () => onTicket(open, `/participants/${bo.id}`)(),
  'DELETE /tickets/{}/participants/{}': async () => onTicket(open, `/participants/${bo.id}`)(),
  'PUT /tickets/{}/labels/{}': onTicket(open, '/labels/Blue'),
  'DELETE /tickets/{}/labels/{}': async () => {
    const change = await onTicket(open, '/labels/Red')();
    await anna.done('PUT', change.path);
    return change;
  },
  'POST /tickets/{}/notes': onTicket(open, '/notes', () => ({
    body: { text: 'A' },
    other: { text: 'B' },
  })),
  'PATCH /tickets/{}/notes/{}': async () => ({
    path: await ownNote(`/tickets/${await open()}`),
    body: { text: 'B' },
    other: { text: 'C' },
  }),
  'DELETE /tickets/{}/notes/{}': async () => ({
    path: await ownNote(`/tickets/${await open()}`),
    otherPath: '/tickets/4711/notes/nothing',
  }),
  'PATCH /tickets/{}/next/{}': onTicket(pending, '/next/callback', () => ({
    body: { at: inSeconds(7_200) },
    other: { at: inSeconds(9_000) },
  })),
  'DELETE /tickets/{}/next/{}': onTicket(pending, '/next/callback'),
  'DELETE /messages/{}': async () => {
    const number = await open();
    const answer = await anna.done('POST', `/tickets/${number}/reply`, {
      text: 'Not yet',
      sendAt: inSeconds(3_600),
    });
    return { path: `/messages/${answer.body.message.id}`, otherPath: '/messages/nothing' };
  },
  'POST /messages/{}/resend': async () => ({
    path: `/messages/${await failed()}/resend`,
    body: { to: `again-${(things += 1)}@once.test` },
    other: {},
  }),
  'PUT /messages/{}/remote-images': async () => ({
    path: `/messages/${await failed()}/remote-images`,
    body: { always: true },
    other: { always: false },
  }),
  'POST /messages/{}/arrived': async () => ({
    path: `/messages/${await failed()}/arrived`,
    otherPath: '/messages/nothing/arrived',
  }),
  'POST /uploads': async () => ({
    path: '/uploads',
    body: upload('One file'),
    other: upload('Another file'),
  }),
  'PATCH /customers/{}': async () => ({
    path: `/customers/${await customer()}`,
    body: { name: 'A' },
    other: { name: 'B' },
  }),
  'PATCH /customers/{}/notes/{}': async () => ({
    path: await ownNote(`/customers/${await customer()}`),
    body: { text: 'B' },
    other: { text: 'C' },
  }),
  'DELETE /customers/{}/notes/{}': async () => ({
    path: await ownNote(`/customers/${await customer()}`),
    otherPath: '/customers/nothing/notes/nothing',
  }),
  'PUT /customers/{}/addresses/{}': async () => ({
    path: `/customers/${await customer()}/addresses/second-${(things += 1)}@once.test`,
    otherPath: '/customers/nothing/addresses/second@once.test',
  }),
  'DELETE /customers/{}/addresses/{}': async () => ({
    path: `/customers/${await customer()}/addresses/second-${(things += 1)}@once.test`,
    otherPath: '/customers/nothing/addresses/second@once.test',
  }),
  'POST /customers/{}/merge': async () => ({
    path: `/customers/${await customer()}/merge`,
    body: { customer: await customer() },
    other: { customer: await customer() },
  }),
  'POST /customers/{}/notes': async () => ({
    path: `/customers/${await customer()}/notes`,
    body: { text: 'A' },
    other: { text: 'B' },
  }),
  'POST /reminders/{}/done': async () => ({
    path: `/reminders/${await reminder()}/done`,
    otherPath: '/reminders/nothing/done',
  }),
  'POST /mails/{}/accept': async () => ({
    path: `/mails/${await parked()}/accept`,
    otherPath: '/mails/nothing/accept',
  }),
  'POST /mails/{}/attach': async () => ({
    path: `/mails/${await parked()}/attach`,
    body: { ticket: await open() },
    other: { ticket: 4711 },
  }),
  'POST /mails/{}/split': async () => ({
    path: `/mails/${await ofAnother()}/split`,
    otherPath: '/mails/nothing/split',
  }),
  'DELETE /mails/{}': async () => ({
    path: `/mails/${await parked()}`,
    otherPath: '/mails/nothing',
  }),
  'POST /labels': made('/labels', name),
  'PATCH /labels/{}': thing('/labels', name, () => ({ body: name(), other: name() })),
  'DELETE /labels/{}': thing('/labels', name),
  'POST /teams': made('/teams', name),
  'PATCH /teams/{}': thing('/teams', name, () => ({ body: name(), other: name() })),
  'DELETE /teams/{}': thing('/teams', name),
  'PATCH /me': async () => ({
    path: '/me',
    body: { signature: 'Bo' },
    other: { signature: 'Bo L.' },
  }),
  'PATCH /company/settings': async () => ({
    path: '/company/settings',
    body: { reopenDays: 14 },
    other: { reopenDays: 15 },
  }),
  'POST /agents': made('/agents', agent),
  'PATCH /agents/{}': thing('/agents', agent, () => ({ body: name(), other: name() })),
  'DELETE /agents/{}': thing('/agents', agent),
  'POST /agents/{}/invitation': async () => ({
    path: `${await newThing('/agents', agent())}/invitation`,
    otherPath: '/agents/nothing/invitation',
  }),
  'DELETE /agents/{}/invitation': async () => ({
    path: `${await newThing('/agents', agent())}/invitation`,
    otherPath: '/agents/nothing/invitation',
  }),
  'PATCH /company': async () => ({ path: '/company', body: name(), other: name() }),
  'POST /mailboxes': made('/mailboxes', mailbox),
  'PATCH /mailboxes/{}': thing('/mailboxes', mailbox, () => ({ body: name(), other: name() })),
  'DELETE /mailboxes/{}': thing('/mailboxes', mailbox),
  'POST /dkim-keys': async () => ({
    path: '/dkim-keys',
    body: domain(),
    other: { domain: 'elsewhere.test' },
  }),
  'DELETE /dkim-keys/{}': async () => thing('/dkim-keys', domain)(),
  'POST /tokens': made('/tokens', name),
  'PATCH /tokens/{}': thing('/tokens', name, () => ({ body: name(), other: name() })),
  'DELETE /tokens/{}': thing('/tokens', name),
  'POST /saved-views': made('/saved-views', savedView),
  'PATCH /saved-views/{}': thing('/saved-views', savedView, () => ({
    body: name(),
    other: name(),
  })),
  'DELETE /saved-views/{}': thing('/saved-views', savedView),
  'PUT /saved-views/order': async () => {
    const path = await newThing('/saved-views', savedView(), bo);
    const id = path.split('/').at(-1);
    return { path: '/saved-views/order', body: { views: [id] }, other: { views: [] } };
  },
  'POST /canned-responses': made('/canned-responses', response),
  'PATCH /canned-responses/{}': thing('/canned-responses', response, () => ({
    body: response(),
    other: response(),
  })),
  'DELETE /canned-responses/{}': thing('/canned-responses', response),
  'POST /canned-responses/{}/use': async () => {
    const path = await newThing('/canned-responses', response(), desk.admin);
    return { path: `${path}/use`, otherPath: '/canned-responses/nothing/use' };
  },
  'POST /articles/{}/use': async () => ({
    path: `${await newThing('/articles', await article())}/use`,
    otherPath: '/articles/nothing/use',
  }),
  'POST /canned-responses/import': async () => ({
    path: '/canned-responses/import',
    body: { csv: `title,text\n${name().name},x\n` },
    other: { csv: `title,text\n${name().name},x\n` },
  }),
  'POST /knowledge-bases': made('/knowledge-bases', name),
  'PATCH /knowledge-bases/{}': thing('/knowledge-bases', name, () => ({
    body: name(),
    other: name(),
  })),
  'DELETE /knowledge-bases/{}': thing('/knowledge-bases', name),
  'POST /articles': async () => ({
    path: '/articles',
    body: await article(),
    other: await article(),
  }),
  'PATCH /articles/{}': async () => ({
    path: await newThing('/articles', await article()),
    body: { title: 'A' },
    other: { title: 'B' },
  }),
  'DELETE /articles/{}': async () => ({
    path: await newThing('/articles', await article()),
    otherPath: '/articles/nothing',
  }),
  'PUT /articles/{}/draft': async () => {
    const { path, base } = await changedArticle();
    const text = { title: 'A', base };
    return { path: `${path}/draft`, body: { ...text, body: 'A' }, other: { ...text, body: 'B' } };
  },
  'DELETE /articles/{}/draft': async () => ({
    path: `${(await changedArticle()).path}/draft`,
    otherPath: '/articles/nothing/draft',
  }),
  'POST /articles/{}/publish': onChangedArticle('/publish'),
  'POST /articles/{}/versions/{}/restore': onChangedArticle('/versions/1/restore'),
};

function methodOf(call: string): Method {
  const methods = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;
  const found = methods.find((method) => call.startsWith(`${method} `));
  if (!found) throw new Error(`"${call}" has no method`);
  return found;
}

test('every call that offers an Idempotency-Key is tried here', async () => {
  const { document } = await documentOf(contract.url);
  const offering = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { parameters = [] }]) => parameters.some((one) => one.in === 'header'))
      .map(([method]) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`),
  );
  // The contact form is counted, and tried in contact.test.ts.
  expect(offering.map((call) => call.replace(/\{\w+\}/g, '{}')).sort()).toEqual(
    [...Object.keys(changes), 'POST /contact/{}'].sort(),
  );
});

describe('a changing call with an Idempotency-Key', () => {
  test.each(Object.entries(changes))('%s', async (call, prepare) => {
    const { path, body, other, otherPath = path } = await prepare();
    const method = methodOf(call);
    const headers = { 'idempotency-key': newKey() };
    // Bo may do everything, and has the reminders.
    const first = await bo.call(method, path, body, headers);
    expect(first.status, first.text).toBeLessThan(300);
    const again = await bo.call(method, path, body, headers);
    expect({ status: again.status, text: again.text }).toEqual({
      status: first.status,
      text: first.text,
    });
    const mistaken = await bo.call(method, otherPath, other, headers);
    expect(refusalOf(mistaken)).toEqual({ status: 422, code: 'idempotency_mismatch' });
  });
});

describe('a call that is repeated with its key has one effect:', () => {
  const twice = async (method: Method, path: string, body: object) => {
    const headers = { 'idempotency-key': newKey() };
    await Promise.all([1, 2].map(() => anna.done(method, path, body, headers)));
    return anna.done(method, path, body, headers);
  };

  test('one reply reaches the customer', async () => {
    const from = `one-reply-${Date.now()}@once.test`;
    const number = await letter({ from });
    await twice('POST', `/tickets/${number}/reply`, { text: 'Once', undoSeconds: 0 });
    await mailTo(from);
    await anna.done('POST', `/tickets/${number}/reply`, { text: 'Last', undoSeconds: 0 });
    await mailTo(from, ({ parsed }) => parsed.text?.includes('Last') === true);
    expect(await mailsTo(addressIn(from))).toHaveLength(2);
  });

  test('one ticket is composed', async () => {
    const to = `one-ticket-${Date.now()}@once.test`;
    const { body } = await twice('POST', '/tickets', { to, subject: 'Once', text: 'Hello' });
    const { customer: whose } = (await anna.done('GET', `/tickets/${body.number}`)).body;
    const listed = await anna.done('GET', `/customers/${whose.id}/tickets`);
    expect(listed.body.items).toHaveLength(1);
  });

  test('one note is kept', async () => {
    const number = await letter();
    await twice('POST', `/tickets/${number}/notes`, { text: 'Once' });
    const { body } = await anna.done('GET', `/tickets/${number}/timeline`);
    expect(body.items.filter(({ kind }: { kind: string }) => kind === 'note')).toHaveLength(1);
  });

  test('a key may be used again by another agent', async () => {
    const number = await letter();
    const headers = { 'idempotency-key': newKey() };
    for (const who of [anna, bo]) {
      await who.done('POST', `/tickets/${number}/notes`, { text: `By ${who.name}` }, headers);
    }
    const { body } = await anna.done('GET', `/tickets/${number}/timeline`);
    expect(body.items.filter(({ kind }: { kind: string }) => kind === 'note')).toHaveLength(2);
  });

  test.each(['', ' ', 'x'.repeat(201)])('"%s" is no key: 400', async (key) => {
    const answer = await anna.call('POST', '/labels', { name: 'X' }, { 'idempotency-key': key });
    expect(refusalOf(answer)).toEqual({ status: 400, code: 'validation' });
  });
});
