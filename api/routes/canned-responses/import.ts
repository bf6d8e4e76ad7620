import { Type } from '@fastify/type-provider-typebox';

import type { CompanyTransaction } from '../../../database/client.ts';
import { newId } from '../../../database/new-id.ts';
import { findCannedResponse } from '../../../database/queries/canned-responses.ts';
import { readCannedCsv } from '../../canned-csv.ts';
import type { CannedRow } from '../../canned-csv.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { changeCanned, makeCanned } from './write-canned.ts';

/** What is typed in a year fits twice. */
const CSV_CHARS_MAX = 2_000_000;

const Answer = Type.Object({
  made: Type.Integer(),
  changed: Type.Integer({ description: 'Same folder, title and audience as one that was there' }),
  problems: Type.Array(Type.Object({ line: Type.Integer(), reason: Type.String() })),
});

/** The same file again changes nothing: a row is the response of its folder and title. */
export const importCannedResponsesRoute: Route = (api, { database }) => {
  api.post(
    '/canned-responses/import',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['canned-responses'],
        summary: 'Make and change canned responses from CSV; wrong rows are told by their line',
        querystring: Nothing,
        body: strict({ csv: Type.String({ minLength: 1, maxLength: CSV_CHARS_MAX }) }),
        response: { 200: Answer, ...problems(...signedInCodes) },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const { rows, problems: told } = readCannedCsv(request.body.csv);
      const done = { made: 0, changed: 0 };
      await database.withCompany(company, async (trx) => {
        for (const row of rows) done[await take(trx, agent, row)] += 1;
      });
      return { ...done, problems: told };
    },
  );
};

async function take(
  trx: CompanyTransaction,
  agent: string,
  { title, body, folder, labels, afterSend, personal }: CannedRow,
): Promise<'made' | 'changed'> {
  const more = {
    ...(labels !== undefined && { labels }),
    ...(afterSend !== undefined && { afterSend }),
  };
  const fields = { title, body, folder, personal, ...more };
  const owner = personal ? agent : null;
  const id = await findCannedResponse(trx, { agent: owner, folder, title });
  if (id !== null) {
    await changeCanned(trx, agent, id, fields);
    return 'changed';
  }
  await makeCanned(trx, agent, newId(), fields);
  return 'made';
}
