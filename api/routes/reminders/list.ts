import { listReminders } from '../../../database/queries/reminders.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { reminderText } from '../../reminder-text.ts';
import { clampLimit, page, pageQuery, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Reminder } from '../../schemas/reminder.ts';

export const listRemindersRoute: Route = (api, { database }) => {
  api.get(
    '/reminders',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['reminders'],
        summary: "One's own reminders that are not done, newest first",
        querystring: strict(pageQuery),
        response: { 200: page(Reminder), ...problems(...signedInCodes) },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const { limit, cursor } = request.query;
      const asked = { limit: clampLimit(limit), cursor: cursor ?? null };
      const { items, nextCursor } = await database.withCompany(company, (trx) =>
        listReminders(trx, agent, asked),
      );
      return { items: items.map((row) => ({ ...row, text: reminderText(row) })), nextCursor };
    },
  );
};
