import { expect, test } from 'vitest';
import { ticketItem } from '../../../tests/ticket-item.ts';
import { withLabel, withParticipant } from './hopes.ts';

test('what the server tells before its answer is not shown twice', () => {
  const bo = { id: 'bo', name: 'Bo Lindqvist' };
  const told = { ...ticketItem({ number: 1 }), participants: [bo], labels: ['lamp'] };
  expect(withParticipant(bo)(told).participants).toEqual([bo]);
  expect(withLabel('lamp')(told).labels).toEqual(['lamp']);
});
