import { describe, expect, it } from 'vitest';
import {
  filesByContentId,
  readImageAddress,
  readLinkAddress,
  readStyle,
} from './mail-addresses.ts';

const files = filesByContentId([
  { id: 'f 1', contentId: '<logo@acme.test>' },
  { id: 'f2', contentId: 'a%b' },
  { id: 'f3', contentId: null },
]);

describe('the images of a mail', () => {
  it('that travel with it are shown from our own addresses', () => {
    const own = (address: string) => readImageAddress(address, files);
    expect(own('cid:logo@acme.test')).toEqual({ own: '/api/v1/attachments/f%201' });
    expect(own(' CID:logo%40acme.test')).toEqual({ own: '/api/v1/attachments/f%201' });
    expect(own('cid:a%b')).toEqual({ own: '/api/v1/attachments/f2' });
    expect(own('cid:other')).toBeNull();
    expect(own('data:image/png;base64,AA')).toEqual({ own: 'data:image/png;base64,AA' });
  });

  it('of others are told apart, and asked for encrypted', () => {
    for (const address of ['http://t.test/a.png', 'https://t.test/a.png', '//t.test/a.png']) {
      expect(readImageAddress(address, files)).toEqual({ remote: 'https://t.test/a.png' });
    }
  });

  it('are nothing when they are no image, or lead into the desk', () => {
    for (const address of ['', '/api/v1/me', 'a.png', 'javascript:x()', 'blob:x', 'file:///x']) {
      expect(readImageAddress(address, files), address).toBeNull();
    }
    expect(readImageAddress('data:image/svg+xml;base64,AA', files)).toBeNull();
    expect(readImageAddress('data:text/html,x', files)).toBeNull();
  });
});

describe('the links of a mail', () => {
  it('lead out of the desk, or to a place in the mail', () => {
    for (const address of [
      'https://x.test',
      'http://x.test/?a=b',
      'mailto:a@b.test',
      'tel:1',
      '#a',
    ]) {
      expect(readLinkAddress(address)).toBe(address);
    }
    expect(readLinkAddress('//x.test/a')).toBe('https://x.test/a');
    for (const address of [
      '/settings',
      'x.html',
      'javascript:x()',
      'data:text/html,x',
      'java\nscript:x',
    ]) {
      expect(readLinkAddress(address), address).toBeNull();
    }
  });
});

describe('the style of an element', () => {
  it('stays when it only says how a thing looks', () => {
    expect(readStyle('color:#123;padding:4px')).toBe('color:#123;padding:4px');
  });

  it('goes when it could load, cover the page, or hide what it says', () => {
    for (const style of [
      'background:url(//t.test/a.png)',
      'position:fixed;top:0',
      'position : absolute',
      'background:\\75 rl(//t.test)',
      'width:expression(alert(1))',
      'color:var(--x)',
    ]) {
      expect(readStyle(style), style).toBeNull();
    }
  });

  it('measures nothing by the height of a frame that is as tall as its mail', () => {
    expect(readStyle('height:100vh;width:50vw')).toBe('height:auto;width:50vw');
    expect(readStyle('min-height:calc(10.5dvh + 1px)')).toBe('min-height:calc(auto + 1px)');
  });
});
