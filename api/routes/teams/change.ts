import { readTeam, renameTeam } from '../../../database/queries/teams.ts';
import type { Route } from '../../deps.ts';
import { found, missing } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Name, Team } from '../../schemas/settings.ts';

const Body = strict({ name: Name });

export const changeTeamRoute: Route = (api, { database }) => {
  api.patch(
    '/teams/:id',
    {
      config: { auth: 'admin' },
      schema: {
        tags: ['teams'],
        summary: 'Rename a team',
        params: IdParams,
        querystring: Nothing,
        body: Body,
        response: { 200: Team, ...problems(...signedInCodes, 'not_found', 'already_exists') },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { id } = request.params;
      const { body } = request;
      return database.withCompany(company, async (trx) => {
        if (!(await renameTeam(trx, id, body.name.trim()))) throw missing('team', id);
        return found(await readTeam(trx, id), 'team', id);
      });
    },
  );
};
