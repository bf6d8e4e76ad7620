import { noteDkimCheck, readDkimKey } from '../../../database/queries/dkim-keys.ts';
import { refused } from '../../../domain/errors.ts';
import { problemOfRecord } from '../../../mail/outbound/dkim.ts';
import { audit } from '../../audit.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing } from '../../schemas/basics.ts';
import { DkimKey, showDkimKey } from '../../schemas/dkim-key.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

/** Looks for the record in the DNS; when it is right, mail is signed with the key from now on. */
export const checkDkimKeyRoute: Route = (api, { database, intake }) => {
  api.post(
    '/dkim-keys/:id/check',
    {
      config: { auth: 'admin', once: false },
      schema: {
        tags: ['dkim-keys'],
        summary: 'Look for the published record, and put the key to use when it is right',
        params: IdParams,
        querystring: Nothing,
        response: { 200: DkimKey, ...problems(...signedInCodes, 'not_found', 'unavailable') },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { id } = request.params;
      const { resolve } = intake;
      const read = await database.withCompany(company, (trx) => readDkimKey(trx, id));
      const key = found(read, 'key', id);
      if (resolve === null) {
        throw refused('unavailable', 'Name servers are turned off; set DNS_SERVERS to some.');
      }
      const problem = await problemOfRecord(key, resolve);
      const checked = await database.withCompany(company, async (trx) => {
        await noteDkimCheck(trx, id, problem);
        if (problem === null && !key.inUse) {
          const changes = [{ field: 'inUse', from: 'false', to: 'true' }];
          const facts = { kind: 'signingKey', act: 'changed', subject: id } as const;
          await audit(trx, request, { ...facts, name: key.domain, changes });
        }
        return readDkimKey(trx, id);
      });
      return showDkimKey(found(checked, 'key', id));
    },
  );
};
