import { Type } from '@fastify/type-provider-typebox';

import { finishReminder } from '../../../database/queries/reminders.ts';
import type { Route } from '../../deps.ts';
import { missing } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

const Done = Type.Object({ id: Type.String(), done: Type.Boolean() });

export const finishReminderRoute: Route = (api, { database }) => {
  api.post(
    '/reminders/:id/done',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['reminders'],
        summary: "Mark one of one's own reminders as done; twice is fine",
        params: IdParams,
        querystring: Nothing,
        body: Nothing,
        response: { 200: Done, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const { id } = request.params;
      const done = await database.withCompany(company, (trx) => finishReminder(trx, agent, id));
      if (!done) throw missing('reminder', id);
      return { id, done };
    },
  );
};
