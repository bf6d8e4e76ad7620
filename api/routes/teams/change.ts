import { Type } from '@fastify/type-provider-typebox';

import { readTeam, renameTeam, setTeamAgents } from '../../../database/queries/teams.ts';
import { changesBetween } from '../../../domain/audit.ts';
import { audit } from '../../audit.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Id, IdParams, Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Name, Team, TEAM_AGENTS_MAX } from '../../schemas/settings.ts';

const Body = strict({
  name: Type.Optional(Name),
  agents: Type.Optional(Type.Array(Id, { maxItems: TEAM_AGENTS_MAX })),
});

export const changeTeamRoute: Route = (api, { database }) => {
  api.patch(
    '/teams/:id',
    {
      config: { auth: 'admin' },
      schema: {
        tags: ['teams'],
        summary: 'Rename a team, or say who is in it; deactivated agents stay what they are',
        params: IdParams,
        querystring: Nothing,
        body: Body,
        response: { 200: Team, ...problems(...signedInCodes, 'not_found', 'already_exists') },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { id } = request.params;
      const { name, agents } = request.body;
      return database.withCompany(company, async (trx) => {
        const before = found(await readTeam(trx, id), 'team', id);
        if (name !== undefined) await renameTeam(trx, id, name.trim());
        if (agents !== undefined) await setTeamAgents(trx, id, agents);
        const after = found(await readTeam(trx, id), 'team', id);
        const changes = changesBetween(before, after);
        if (changes.length > 0) {
          const facts = { kind: 'team', act: 'changed', subject: id, name: after.name } as const;
          await audit(trx, request, { ...facts, changes });
        }
        return after;
      });
    },
  );
};
