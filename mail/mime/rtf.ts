import { decodeText } from './charset.ts';

export interface RtfBody {
  text: string;
  /** What the RTF was made of, when that was HTML (MS-OXRTFEX); '' when not. */
  html: string;
}

/** A control word, a control sign, a byte as hex, a brace, or plain letters. */
const TOKEN = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|([^\\{}]+)/gi;

/** Groups that hold no words of the body. */
const ASIDE = new Set([
  ...['fonttbl', 'colortbl', 'stylesheet', 'info', 'pict', 'object', 'header', 'footer'],
  ...['headerl', 'headerr', 'footerl', 'footerr', 'listtable', 'listoverridetable', 'generator'],
]);

const LETTERS: { [word: string]: string } = {
  ...{ par: '\n', line: '\n', sect: '\n', page: '\n', row: '\n', tab: '\t', cell: '\t' },
  ...{ emdash: '—', endash: '–', bullet: '•', lquote: '‘', rquote: '’' },
  ...{ ldblquote: '“', rdblquote: '”' },
};
const SIGNS: { [sign: string]: string } = {
  ...{ '\\': '\\', '{': '{', '}': '}', '~': '\u00a0', _: '-', '\n': '\n', '\r': '\n' },
};

/** Groups within groups; beyond it they count as one. Tables within tables reach about 20. */
const DEPTH_MAX = 200;

interface Group {
  isAside: boolean;
  /** In a copy for programs without HTML (MS-OXRTFEX, 2.1.3.1.3). */
  isCopy: boolean;
  /** Letters that follow a \u for programs without Unicode. */
  skips: number;
}

/** The words of an RTF body, and the HTML that Outlook hid in it. Linear in its length. */
export function readRtf(rtf: Buffer): RtfBody {
  const source = rtf.toString('latin1');
  const isHtml = /\\fromhtml1\b/.test(source.slice(0, 1_000));
  const charset = charsetOf(/\\ansicpg(\d{3,5})/.exec(source.slice(0, 1_000))?.[1]);
  const groups: Group[] = [];
  let now: Group = { isAside: false, isCopy: false, skips: 1 };
  let isMarked = false;
  let skipping = 0;
  let bytes: number[] = [];
  const out: string[] = [];
  const flush = (): void => {
    if (bytes.length > 0) out.push(decodeText(Buffer.from(bytes), charset));
    bytes = [];
  };
  const isShown = (): boolean => !now.isAside && !now.isCopy;
  const say = (text: string): void => {
    flush();
    if (isShown()) out.push(text);
  };
  for (const [, word, number, hex, sign, brace, plain] of source.matchAll(TOKEN)) {
    if (brace === '{') {
      if (groups.length < DEPTH_MAX) groups.push(now);
      now = { ...now };
      isMarked = false;
    } else if (brace === '}') {
      flush();
      now = groups.pop() ?? now;
    } else if (hex !== undefined) {
      if (skipping > 0) skipping -= 1;
      else if (isShown()) bytes.push(Number.parseInt(hex, 16));
    } else if (sign !== undefined) {
      if (sign === '*') isMarked = true;
      else say(SIGNS[sign] ?? '');
    } else if (plain !== undefined) {
      const kept = plain.replace(/[\r\n\0]/g, '');
      const shown = kept.slice(Math.min(skipping, kept.length));
      skipping = Math.max(0, skipping - kept.length);
      if (shown !== '' && isShown())
        for (const byte of Buffer.from(shown, 'latin1')) bytes.push(byte);
    } else if (word !== undefined) {
      if (word === 'htmlrtf') now.isCopy = number !== '0';
      else if (word === 'uc') now.skips = Math.min(Number(number ?? 1), 10);
      else if (word === 'u' && number !== undefined) {
        say(String.fromCharCode(Number(number) & 0xffff));
        skipping = now.skips;
      } else if (ASIDE.has(word) || (isMarked && word !== 'htmltag')) now.isAside = true;
      else if (LETTERS[word] !== undefined) say(LETTERS[word]);
      isMarked = false;
    }
  }
  flush();
  const body = out.join('');
  return isHtml ? { text: '', html: body } : { text: body.trim(), html: '' };
}

function charsetOf(page: string | undefined): string {
  if (page === '65001') return 'utf-8';
  if (page === '932') return 'shift_jis';
  if (page === '936') return 'gb18030';
  if (page === '949') return 'euc-kr';
  if (page === '950') return 'big5';
  return page !== undefined && /^125[0-8]$/.test(page) ? `windows-${page}` : 'windows-1252';
}
