import { describe, expect, it } from 'vitest';
import { readSmtpUrl } from './smtp-url.ts';

describe('the SMTP URL', () => {
  it('names host, port and login', () => {
    expect(readSmtpUrl('smtp://us%40er:p%3Aw@mail.example:2587')).toMatchObject({
      host: 'mail.example',
      port: 2587,
      secure: false,
      auth: { user: 'us@er', pass: 'p:w' },
      requireTLS: true,
    });
    expect(readSmtpUrl('smtps://mail.example')).toMatchObject({ port: 465, secure: true });
    expect(readSmtpUrl('smtp://[::1]')).toMatchObject({ host: '::1', port: 587, auth: null });
  });

  it('sends a password unencrypted only to this machine or when told to', () => {
    expect(readSmtpUrl('smtp://a:b@127.0.0.1:25').requireTLS).toBe(false);
    expect(readSmtpUrl('smtp://a:b@mail.example?ignoreTLS=true').requireTLS).toBe(false);
    expect(readSmtpUrl('smtp://mail.example').requireTLS).toBe(false);
  });

  it('is refused without showing the password', () => {
    for (const bad of ['', 'http://x', 'smtp:', 'a:secret@host']) {
      expect(() => readSmtpUrl(bad)).toThrow(/must look like/);
      expect(() => readSmtpUrl(bad)).not.toThrow(/secret/);
    }
  });
});
