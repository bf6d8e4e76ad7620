import { readLabel, renameLabel } from '../../../database/queries/labels.ts';
import type { Route } from '../../deps.ts';
import { found, missing } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Label, Name } from '../../schemas/settings.ts';

const Body = strict({ name: Name });

export const changeLabelRoute: Route = (api, { database }) => {
  api.patch(
    '/labels/:id',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['labels'],
        summary: 'Rename a label',
        params: IdParams,
        querystring: Nothing,
        body: Body,
        response: { 200: Label, ...problems(...signedInCodes, 'not_found', 'already_exists') },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { id } = request.params;
      const { body } = request;
      return database.withCompany(company, async (trx) => {
        if (!(await renameLabel(trx, id, body.name.trim()))) throw missing('label', id);
        return found(await readLabel(trx, id), 'label', id);
      });
    },
  );
};
