import { describe, expect, it } from 'vitest';
import { readAutomatic } from './automatic.ts';
import { type OutgoingMail, composeMail } from './compose.ts';
import { firstValue } from './header-block.ts';
import { parseMail } from './parse.ts';

const MAIL: OutgoingMail = {
  from: { name: 'Acme Support', address: 'support@acme.test' },
  replyTo: 'support+12abc@acme.test',
  to: [{ name: 'Bo Åke', address: 'bo@customer.example' }],
  cc: ['eve@customer.example'],
  subject: 'Re: [#12] Drucker für Bo',
  messageId: 'msg-1@acme.test',
  date: new Date('2025-11-18T10:00:00Z'),
  inReplyTo: 'theirs@customer.example',
  references: ['first@customer.example'],
  text: 'Did you try <another> cable?\nhttps://acme.test/help\n',
};

describe('a composed mail', () => {
  it('has the headers that make it thread', async () => {
    const raw = await composeMail(MAIL);
    const { headers } = await parseMail(raw);
    expect(headers).toMatchObject({
      from: { name: 'Acme Support', address: 'support@acme.test' },
      replyTo: [{ name: 'Acme Support', address: 'support+12abc@acme.test' }],
      to: [{ name: 'Bo Åke', address: 'bo@customer.example' }],
      cc: [{ address: 'eve@customer.example' }],
      subject: 'Re: [#12] Drucker für Bo',
      messageId: 'msg-1@acme.test',
      date: '2025-11-18T10:00:00.000Z',
      inReplyTo: 'theirs@customer.example',
      references: ['first@customer.example', 'theirs@customer.example'],
    });
    expect(readAutomatic(headers, { from: 'support@acme.test' })).toBeNull();
    expect(raw.toString('latin1')).not.toMatch(/[^\r]\n|\r[^\n]/);
    expect(raw.toString('latin1')).not.toMatch(/[\x80-\xff]/);
  });

  it('has a text and an HTML part, whichever of them was written', async () => {
    const fromText = await parseMail(await composeMail(MAIL));
    expect(fromText.text).toBe('Did you try <another> cable?\nhttps://acme.test/help');
    expect(fromText.html).toContain('Did you try &lt;another&gt; cable?<br />');
    expect(fromText.html).toContain('<a href="https://acme.test/help"');
    const html = '<p>Did you <b>try</b> it?</p><script>x</script><img src="https://a.test/x.png">';
    const fromHtml = await composeMail({ ...MAIL, text: null, html });
    const parsed = await parseMail(fromHtml);
    expect(parsed.text).toBe('Did you try it?');
    expect(parsed.html).toContain('data-remote-src="https://a.test/x.png"');
    expect(fromHtml.toString()).not.toContain('script');
  });

  it('has signature and quotation below the text', async () => {
    const mail = await composeMail({
      ...MAIL,
      signature: 'Ada\nAcme',
      quoted: { heading: 'On 18 Nov 2025 at 09:00, Bo Åke wrote:', text: 'It is broken.\n> old' },
    });
    const parsed = await parseMail(mail);
    expect(parsed.text).toMatch(/help\n\n-- \nAda\nAcme\n\nOn 18 Nov/);
    expect(parsed.quotedText).toMatch(/^-- \nAda\nAcme\n\n.*wrote:\n> It is broken.\n>> old$/);
    expect(parsed.html).toContain('<div data-quote>');
  });

  it('carries attachments, and pasted images as parts', async () => {
    const png =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk' +
      '+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const mail = await composeMail({
      ...MAIL,
      html: `<p>See <img src="data:image/png;base64,${png}"></p>`,
      attachments: [
        {
          filename: '../Größe "1".txt',
          contentType: 'text/plain\r\nX: y',
          content: Buffer.from('é'),
        },
      ],
    });
    const { attachments, html } = await parseMail(mail);
    expect(attachments).toMatchObject([
      { filename: 'image-1.png', contentType: 'image/png', inline: true },
      { filename: 'Größe _1_.txt', contentType: 'text/plain', inline: false, size: 2 },
    ]);
    expect(html).toContain(`cid:${attachments[0]?.contentId}`);
  });

  it('says that it is automatic', async () => {
    for (const automatic of ['auto-replied', 'auto-generated'] as const) {
      const { headers } = await parseMail(await composeMail({ ...MAIL, automatic }));
      expect(firstValue(headers.raw, 'auto-submitted')).toBe(automatic);
      expect(firstValue(headers.raw, 'x-auto-response-suppress')).toBe('All');
      expect(readAutomatic(headers, { from: 'x@acme.test' })).not.toBeNull();
    }
  });

  it('lets no value break out of its header', async () => {
    const evil = 'x\r\nBcc: evil@e.example\r\n\r\nbody';
    const mail = await composeMail({
      ...MAIL,
      from: { name: evil, address: 'support@acme.test' },
      to: [{ name: evil, address: 'bo@customer.example' }],
      subject: evil,
      messageId: evil,
      inReplyTo: evil,
      references: [evil, '> <'],
      attachments: [{ filename: evil, contentType: evil, content: Buffer.from('x') }],
    });
    const { headers } = await parseMail(mail);
    expect(headers.raw.has('bcc')).toBe(false);
    expect(mail.toString()).not.toMatch(/^Bcc:/im);
    await expect(composeMail({ ...MAIL, to: [evil] })).rejects.toThrow(TypeError);
    await expect(composeMail({ ...MAIL, to: [] })).rejects.toThrow(/no recipient/);
  });

  it('caps the references to the first and the last', async () => {
    const references = Array.from({ length: 500 }, (_, n) => `${n}@customer.example`);
    const { headers } = await parseMail(await composeMail({ ...MAIL, references }));
    expect(headers.references).toHaveLength(16);
    expect(headers.references[0]).toBe('0@customer.example');
    expect(headers.references.at(-1)).toBe('theirs@customer.example');
  });
});
