import { newId } from '../../../database/new-id.ts';
import { insertLabel, readLabel } from '../../../database/queries/labels.ts';
import { audit } from '../../audit.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { once } from '../../plugins/idempotency.ts';
import { Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Label, Name } from '../../schemas/settings.ts';

const Body = strict({ name: Name });

export const createLabelRoute: Route = (api, { database }) => {
  api.post(
    '/labels',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['labels'],
        summary: 'Make a label',
        querystring: Nothing,
        body: Body,
        response: {
          201: Label,
          ...problems(...signedInCodes, 'already_exists', 'idempotency_mismatch'),
        },
      },
    },
    async (request, reply) => {
      const { company } = whoAsks(request);
      const { body } = request;
      const made = await database.withCompany(company, async (trx) => {
        const ids = await once(request).ids(trx, () => ({ label: newId() }));
        const id = ids.id('label');
        if (ids.fresh) {
          const name = body.name.trim();
          await insertLabel(trx, { id, name });
          await audit(trx, request, { kind: 'label', act: 'made', subject: id, name });
        }
        return found(await readLabel(trx, id), 'label', id);
      });
      return reply.code(201).send(made);
    },
  );
};
