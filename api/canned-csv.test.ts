import { describe, expect, test } from 'vitest';

import type { CannedResponse } from '../database/queries/canned-responses.ts';
import { cannedCsv, readCannedCsv } from './canned-csv.ts';

const refund: CannedResponse = {
  id: 'r1',
  title: 'Refund, part 1',
  body: '- First "quoted"\n- then åäö',
  folder: 'Orders/Refunds',
  personal: false,
  agent: null,
  labels: ['refund', 'a, b', 'c; d'],
  afterSend: { pend: { days: 3 } },
  attachments: [],
  used: 4,
  usedAt: null,
  createdAt: '2026-01-01T00:00:00Z',
};

describe('canned responses as CSV', () => {
  test('come back as they went, and begin no formula', () => {
    const csv = cannedCsv([refund, { ...refund, title: '=1+1', labels: [], afterSend: null }]);
    expect(csv).toContain(",'=1+1,");
    const { rows, problems } = readCannedCsv(csv);
    expect(problems).toEqual([]);
    const { title, body, folder, labels, afterSend, personal } = refund;
    expect(rows[0]).toMatchObject({ title, body, folder, labels, afterSend, personal });
    expect(rows[1]).toMatchObject({ title: '=1+1', labels: [], afterSend: null });
  });

  test('may be written by hand: any order, semicolons, missing columns', () => {
    const { rows } = readCannedCsv('Text;For;Title\r\n"Hi;\nthere";me;Greeting\r\n');
    expect(rows).toEqual([
      {
        line: 3,
        title: 'Greeting',
        body: 'Hi;\nthere',
        folder: '',
        personal: true,
      },
    ]);
  });

  test('tell which line is wrong and why, and lose no other', () => {
    const csv = 'title,text,after_send\nA,,\nB,b,explode\nC,c,solve with summary\n';
    const { rows, problems } = readCannedCsv(csv);
    expect(rows.map(({ title }) => title)).toEqual(['C']);
    expect(problems.map(({ line }) => line)).toEqual([2, 3]);
    expect(problems[1]?.reason).toContain('"explode"');
    expect(readCannedCsv('name,body\nA,a\n').problems[0]?.reason).toContain('"title"');
    expect(readCannedCsv('title,text\n"A,a\n').problems[0]?.reason).toMatch(/^This is no CSV/);
    expect(readCannedCsv('').problems).toHaveLength(1);
  });
});
