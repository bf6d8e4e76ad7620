import { describe, expect, it } from 'vitest';
import { isForward, readForwardedAuthor } from './forwarded.ts';

const programs: readonly [string, string][] = [
  [
    'Gmail',
    [
      'Please help her.',
      '',
      '---------- Forwarded message ---------',
      'From: Eleanor Hughes <eleanor@brightmail.test>',
      'Date: Thu, 19 Nov 2026 at 16:20',
      'Subject: A cracked lamp',
      'To: <anna@acme.test>',
      '',
      'The shade is cracked.',
    ].join('\n'),
  ],
  [
    'Outlook',
    [
      '',
      '',
      'From: Eleanor Hughes <eleanor@brightmail.test>',
      'Sent: Thursday, November 19, 2026 4:20 PM',
      'To: Anna <anna@acme.test>',
      'Subject: A cracked lamp',
      '',
      'The shade is cracked.',
    ].join('\n'),
  ],
  [
    'Outlook in German',
    [
      'Von: Eleanor Hughes [mailto:eleanor@brightmail.test]',
      'Gesendet: Donnerstag, 19. November 2026 16:20',
      'An: Anna <anna@acme.test>',
      'Betreff: Lampe',
      '',
      'Riss',
    ].join('\n'),
  ],
  [
    'Apple Mail in French',
    [
      'Début du message transféré :',
      '',
      '> De: Eleanor Hughes <eleanor@brightmail.test>',
      '> Objet: Lampe',
      '> Date: 19 novembre 2026 à 16:20',
      '> À: anna@acme.test',
      '>',
      '> Fissure',
    ].join('\n'),
  ],
  [
    'Thunderbird in Spanish',
    [
      '-------- Mensaje reenviado --------',
      'Asunto: \tLámpara',
      'Fecha: \t19 Nov 2026',
      'De: \tEleanor Hughes <eleanor@brightmail.test>',
      'Para: \tanna@acme.test',
      'Asunto: Lámpara',
      'Fecha: hoy',
      '',
      'Rota',
    ].join('\n'),
  ],
  [
    'Outlook in Swedish, in bold',
    [
      '*Från:* Eleanor Hughes <eleanor@brightmail.test>',
      '*Skickat:* den 19 november 2026 16:20',
      '*Till:* Anna',
      '*Ämne:* Lampa',
      '',
      'Sprucken',
    ].join('\n'),
  ],
];

describe('the author of a forwarded mail', () => {
  it.each(programs)('is read as %s writes it', (_program, text) => {
    expect(readForwardedAuthor(text)).toEqual({
      name: 'Eleanor Hughes',
      address: 'eleanor@brightmail.test',
    });
  });

  it('is nobody where a sentence only begins with the word', () => {
    expect(
      readForwardedAuthor('From: eleanor@brightmail.test comes trouble.\nYours, Bo'),
    ).toBeNull();
  });

  it('is nobody where no address is given', () => {
    const text = 'From: Eleanor Hughes\nSent: today\nTo: Anna\nSubject: Lamp';
    expect(readForwardedAuthor(text)).toBeNull();
  });
});

describe('a forward', () => {
  it('is told by its subject or by the line of the mail program, an answer is not', () => {
    expect(isForward('Fwd: A cracked lamp', '')).toBe(true);
    expect(isForward('A cracked lamp', 'Begin forwarded message:\n')).toBe(true);
    expect(isForward('Re: A cracked lamp', 'Thanks')).toBe(false);
  });
});
