import { Type } from '@fastify/type-provider-typebox';

import type { DkimKey as Row } from '../../database/queries/dkim-keys.ts';
import { dnsRecordOf } from '../../mail/outbound/dkim.ts';
import { orNull } from './basics.ts';

/** A key that outgoing mail of a domain is signed with (RFC 6376); its private half stays here. */
export const DkimKey = Type.Object({
  id: Type.String(),
  domain: Type.String(),
  selector: Type.String(),
  inUse: Type.Boolean({ description: 'Mail is signed with the newest key that is in use' }),
  record: Type.Object(
    { name: Type.String(), type: Type.Literal('TXT'), value: Type.String() },
    { description: 'To be published in the DNS of the domain' },
  ),
  checkedAt: orNull(Type.String()),
  problem: orNull(Type.String({ description: 'What the last check found wrong' })),
  createdAt: Type.String(),
});

/** As it is shown: the record instead of the bare key. */
export function showDkimKey(row: Row) {
  const { id, domain, selector, inUse, checkedAt, problem, createdAt } = row;
  return { id, domain, selector, inUse, record: dnsRecordOf(row), checkedAt, problem, createdAt };
}
