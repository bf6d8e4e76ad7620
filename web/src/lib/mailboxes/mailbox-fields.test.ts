import { describe, expect, it } from 'vitest';
import { ApiError } from '../api/api-error.ts';
import type { MailboxSettings } from '../api/mailbox-types.ts';
import { english } from '../../../tests/speech.ts';
import { missingIn, problemsOf } from './field-problems.ts';
import { bodyOf, fieldsOf, portAfter } from './mailbox-fields.ts';

const known: MailboxSettings = {
  id: 'b',
  address: 'support@acme.test',
  name: 'Support',
  displayName: null,
  aliases: ['help@acme.test', 'hello@acme.test'],
  team: { id: 't', name: 'Support' },
  signature: 'Anna',
  signatureHtml: null,
  plusAddresses: true,
  acknowledge: true,
  assistant: 'off',
  authservId: null,
  incoming: {
    enabled: true,
    host: 'imap.acme.test',
    port: 993,
    tls: 'implicit',
    anyCertificate: false,
    ca: 'PEM',
    login: 'support',
    passwordSet: true,
    oauth: null,
    folder: 'INBOX',
    taken: 'move',
    processedFolder: 'Processed',
    existing: 'unseen',
  },
  outgoing: null,
  health: null,
};

describe('what is sent of a mailbox’s form', () => {
  it('is nothing while nothing was changed', () => {
    expect(bodyOf(fieldsOf(known), known)).toEqual({});
  });

  it('is what was changed, and a secret only when one was typed', () => {
    const fields = fieldsOf(known);
    fields.aliases = 'help@acme.test, sales@acme.test';
    fields.team = '';
    fields.incoming.folder = 'Desk';
    const body = bodyOf(fields, known);
    expect(body).toMatchObject({ aliases: ['help@acme.test', 'sales@acme.test'], team: null });
    expect(Object.keys(body)).toEqual(['aliases', 'team', 'incoming']);
    expect(body.incoming).toMatchObject({ folder: 'Desk', ca: 'PEM', login: 'support' });
    expect(body.incoming).not.toHaveProperty('password');
    fields.incoming.password = 'new';
    expect(bodyOf(fields, known).incoming).toMatchObject({ password: 'new' });
  });

  it('never says that no login is needed because the field is empty', () => {
    const fields = fieldsOf(known);
    fields.incoming.login = '';
    expect(bodyOf(fields, known).incoming?.login).toBe('support@acme.test');
  });

  it('ends a server that is not to be used any more, and begins one with a token', () => {
    const fields = fieldsOf(known);
    fields.incoming.own = false;
    Object.assign(fields.outgoing, { own: true, host: 'smtp.acme.test', signIn: 'oauth2' });
    Object.assign(fields.outgoing, { clientId: 'desk', refreshToken: 'r', port: 'x' });
    expect(bodyOf(fields, known)).toMatchObject({
      incoming: null,
      outgoing: { port: 'x', oauth: { clientId: 'desk', refreshToken: 'r', scope: null } },
    });
  });

  it('is all of a new mailbox', () => {
    const fields = fieldsOf(null);
    fields.address = ' new@acme.test ';
    const body = bodyOf(fields, null);
    expect(body).toMatchObject({ address: 'new@acme.test', incoming: null, aliases: [] });
    expect(body).not.toHaveProperty('name');
  });
});

it('changes a usual port with the encryption, and leaves one that was typed', () => {
  expect(portAfter('incoming', '993', 'implicit', 'starttls')).toBe('143');
  expect(portAfter('outgoing', '', 'starttls', 'none')).toBe('25');
  expect(portAfter('outgoing', '2525', 'starttls', 'implicit')).toBe('2525');
});

describe('a refusal of a mailbox', () => {
  const refusal = (detail: string, extras: Record<string, unknown> = {}) =>
    new ApiError({ code: 'validation', status: 400, detail, requestId: null, extras });
  const placesOf = (error: ApiError) => problemsOf(error, { ...fieldsOf(known) }, english);

  it('stands at the field that it names', () => {
    const host = 'incoming.host changes to "x": give the password or the refresh token again.';
    expect(placesOf(refusal(host)).fields).toEqual({ 'incoming.host': host });
    const token = 'outgoing.oauth.refreshToken is missing; give it with the client.';
    expect(placesOf(refusal(token)).fields).toEqual({ 'outgoing.oauth.refreshToken': token });
    const secret = 'incoming needs a password or oauth to sign in with.';
    expect(placesOf(refusal(secret)).fields).toEqual({ 'incoming.password': secret });
  });

  it('stands at the address that it quotes', () => {
    const words = '"help@acme.test" is a mailbox already; choose another address.';
    expect(placesOf(refusal(words)).fields).toEqual({ aliases: words });
    const own = '"Support@acme.test" is a mailbox already; choose another address.';
    expect(placesOf(refusal(own)).fields).toEqual({ address: own });
  });

  it('stands at each field of which the shape is wrong', () => {
    const errors = [
      { field: 'incoming.port', problem: 'body field "incoming.port" must be integer' },
      { field: 'incoming', problem: 'body field "incoming" must be null' },
      { field: 'aliases.0', problem: 'body field "aliases.0" must NOT have fewer letters' },
    ];
    expect(placesOf(refusal('all of it', { errors }))).toEqual({
      fields: {
        'incoming.port': 'It must be integer.',
        aliases: 'It must NOT have fewer letters.',
      },
      rest: null,
    });
  });

  it('is never lost when it is about something else', () => {
    expect(placesOf(refusal('There is no team 7.')).rest).toBe('There is no team 7.');
    const errors = [{ field: 'assistant', problem: 'unknown' }];
    expect(placesOf(refusal('all of it', { errors })).rest).toBe('all of it');
  });
});

it('asks for what the server would otherwise take for something else', () => {
  const fields = fieldsOf(known);
  expect(missingIn(fields, known, english)).toEqual({});
  Object.assign(fields.outgoing, { own: true, trust: 'own' });
  expect(Object.keys(missingIn(fields, known, english))).toEqual([
    'outgoing.host',
    'outgoing.ca',
    'outgoing.password',
  ]);
  Object.assign(fields.outgoing, { own: false });
  Object.assign(fields.incoming, { signIn: 'oauth2', clientId: 'desk', processedFolder: '' });
  expect(Object.keys(missingIn(fields, known, english))).toEqual([
    'incoming.oauth.tokenEndpoint',
    'incoming.oauth.refreshToken',
    'incoming.processedFolder',
  ]);
  fields.incoming.taken = 'seen';
  expect(missingIn(fields, known, english)).not.toHaveProperty('incoming.processedFolder');
});
