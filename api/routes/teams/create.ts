import { newId } from '../../../database/new-id.ts';
import { insertTeam, readTeam } from '../../../database/queries/teams.ts';
import { audit } from '../../audit.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { once } from '../../plugins/idempotency.ts';
import { Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Name, Team } from '../../schemas/settings.ts';

const Body = strict({ name: Name });

export const createTeamRoute: Route = (api, { database }) => {
  api.post(
    '/teams',
    {
      config: { auth: 'admin' },
      schema: {
        tags: ['teams'],
        summary: 'Make a team',
        querystring: Nothing,
        body: Body,
        response: {
          201: Team,
          ...problems(...signedInCodes, 'already_exists', 'idempotency_mismatch'),
        },
      },
    },
    async (request, reply) => {
      const { company } = whoAsks(request);
      const { body } = request;
      const made = await database.withCompany(company, async (trx) => {
        const ids = await once(request).ids(trx, () => ({ team: newId() }));
        const id = ids.id('team');
        if (ids.fresh) {
          const name = body.name.trim();
          await insertTeam(trx, { id, name });
          await audit(trx, request, { kind: 'team', act: 'made', subject: id, name });
        }
        return found(await readTeam(trx, id), 'team', id);
      });
      return reply.code(201).send(made);
    },
  );
};
