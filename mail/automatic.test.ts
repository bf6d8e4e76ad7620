import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readAutomatic } from './automatic.ts';
import { readHeaders } from './headers.ts';

const fixture = (name: string) =>
  readHeaders(readFileSync(new URL(`../tests/fixtures/mail/${name}.eml`, import.meta.url)));
const fetched = { from: null };

describe('an automatic mail', () => {
  it.each([
    ['automatic-outlook', 'answer'],
    ['automatic-gmail-vacation', 'answer'],
    ['automatic-subject-de', 'answer'],
    ['automatic-subject-sv', 'answer'],
    ['automatic-null-sender', 'answer'],
    ['automatic-read-receipt', 'answer'],
    ['automatic-list', 'bulk'],
    ['automatic-order', 'notice'],
    ['automatic-no-reply', 'notice'],
    ['bounce-postfix', 'report'],
    ['bounce-exim', 'answer'],
  ])('%s is told by its headers', (name, kind) => {
    expect(readAutomatic(fixture(name), fetched)?.kind).toBe(kind);
  });

  it('is no mail of a person', () => {
    for (const name of ['automatic-not', 'quote-gmail-en', 'quote-outlook-de', 'charset-utf8']) {
      expect(readAutomatic(fixture(name), { from: 'bo@customer.example' }), name).toBeNull();
    }
  });

  it('is told by the empty return path of the envelope alone', () => {
    const person = fixture('quote-gmail-en');
    expect(readAutomatic(person, { from: '' })?.reason).toBe(
      'an automatic answer: it has an empty return path',
    );
  });

  it.each([
    ...[
      'Automatic reply: Printer',
      'Auto: Printer',
      'Out of Office: Printer',
      'OOO: back on Monday',
    ],
    ...["I'm currently out of the office", 'Away from my office', 'Vacation auto-reply'],
    ...[
      'Automatische Antwort: Drucker',
      'Abwesenheitsnotiz: Drucker',
      'Nicht im Büro',
      'Außer Haus',
    ],
    ...['Réponse automatique : Imprimante', 'Absence du bureau', 'Hors du bureau'],
    ...['Respuesta automática: Impresora', 'Fuera de la oficina'],
    ...['Autosvar: Skrivare', 'Automatiskt svar: Skrivare', 'Frånvaro', 'Inte på kontoret'],
    ...['Automatisk svar: Printer', 'Fravær', 'Ikke på kontoret'],
    ...['Automatisch antwoord: Printer', 'Afwezig tot maandag', 'Niet op kantoor'],
    ...['Risposta automatica: Stampante', 'Fuori ufficio', 'Resposta automática: Impressora'],
    ...['Fora do escritório', 'Automaattinen vastaus: Tulostin', 'Poissaoloilmoitus'],
    ...['Re: Automatic reply: Printer', 'AW: Abwesenheitsnotiz'],
  ])('is told by its subject "%s"', (subject) => {
    const headers = readHeaders(Buffer.from(`From: bo@b.example\r\nSubject: ${subject}\r\n\r\n`));
    expect(readAutomatic(headers, fetched)?.kind).toBe('answer');
  });

  it.each([
    ['Auto-Submitted: auto-replied (vacation)', 'answer'],
    ['Auto-Submitted: auto-generated', 'notice'],
    ['X-Autoreply: yes', 'answer'],
    ['X-Autorespond: Printer', 'answer'],
    ['X-AutoReply-From: bo@b.example', 'answer'],
    ['X-Mail-Autoreply: autoreply', 'answer'],
    ['Precedence: auto_reply', 'answer'],
    ['Return-Path: <>', 'answer'],
    ['X-Auto-Response-Suppress: All', 'notice'],
    ['X-Auto-Response-Suppress: DR, OOF, AutoReply', 'notice'],
    ['Precedence: bulk', 'bulk'],
    ['Precedence: junk', 'bulk'],
    ['List-Unsubscribe: <mailto:x@b.example>', 'bulk'],
    ['List-Id: news <news.b.example>', 'bulk'],
    ['Content-Type: multipart/report; report-type=disposition-notification', 'answer'],
    ['Content-Type: multipart/report; report-type=delivery-status', 'report'],
  ])('is told by "%s"', (line, kind) => {
    const headers = readHeaders(
      Buffer.from(`From: bo@b.example\r\nSubject: Printer\r\n${line}\r\n\r\n`),
    );
    expect(readAutomatic(headers, fetched)?.kind).toBe(kind);
  });

  it.each([
    'Auto-Submitted: no',
    'X-Auto-Response-Suppress: DR, RN, NRN',
    'X-Autoreply: no',
    'Precedence: normal',
    'Subject: The vacation booking is wrong',
    'Subject: Automatic door broken',
    'Subject: Absent parts in my order',
    'Subject: De vacaciones con la impresora',
    'Subject: Office chair',
  ])('is not a mail with "%s"', (line) => {
    const headers = readHeaders(Buffer.from(`${line}\r\nFrom: bo@b.example\r\n\r\n`));
    expect(readAutomatic(headers, fetched)).toBeNull();
  });
});
