import { randomBytes } from 'node:crypto';

import { Type } from '@fastify/type-provider-typebox';
import { newId } from '../../../database/new-id.ts';
import { hasMailboxIn, insertDkimKey, readDkimKey } from '../../../database/queries/dkim-keys.ts';
import { refused } from '../../../domain/errors.ts';
import { makeSigningKeys } from '../../../mail/outbound/dkim.ts';
import { dkimKeyPlace } from '../../../mail/outbound/sealed-key.ts';
import { createSealer } from '../../../runtime/sealed-secrets.ts';
import { audit } from '../../audit.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { once } from '../../plugins/idempotency.ts';
import { Nothing, strict } from '../../schemas/basics.ts';
import { DkimKey, showDkimKey } from '../../schemas/dkim-key.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

/** RFC 1035, 2.3.4, and at least one dot. */
const Domain = Type.String({ maxLength: 253, pattern: '^[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+$' });

/** Tells the keys of a domain apart; nobody has to guess or remember it. */
const SELECTOR_BYTES = 4;

export const createDkimKeyRoute: Route = (api, { database, config }) => {
  api.post(
    '/dkim-keys',
    {
      config: { auth: 'admin' },
      schema: {
        tags: ['dkim-keys'],
        summary: 'Make a key for a domain; publish its record, then check it',
        querystring: Nothing,
        body: strict({ domain: Domain }),
        response: { 201: DkimKey, ...problems(...signedInCodes, 'idempotency_mismatch') },
      },
    },
    async (request, reply) => {
      const { company } = whoAsks(request);
      const domain = request.body.domain.toLowerCase();
      const { privateKey, publicKey } = await makeSigningKeys();
      const key = await database.withCompany(company, async (trx) => {
        if (!(await hasMailboxIn(trx, domain))) {
          const words = `No mailbox has an address at ${domain}; make the mailbox first.`;
          throw refused('validation', words);
        }
        const ids = await once(request).ids(trx, () => ({ key: newId() }));
        const id = ids.id('key');
        if (ids.fresh) {
          const selector = `pk${randomBytes(SELECTOR_BYTES).toString('hex')}`;
          const sealer = createSealer(config.secret, config.oldSecrets);
          const sealed = sealer.seal(privateKey, dkimKeyPlace(company, id));
          const made = { id, domain, selector, public_key: publicKey, private_key: sealed };
          await insertDkimKey(trx, made);
          const facts = { kind: 'signingKey', act: 'made', subject: id, name: domain } as const;
          await audit(trx, request, facts);
        }
        return found(await readDkimKey(trx, id), 'key', id);
      });
      return reply.code(201).send(showDkimKey(key));
    },
  );
};
