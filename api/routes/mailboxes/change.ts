import { readMailbox, updateMailbox } from '../../../database/queries/mailboxes.ts';
import { changesBetween } from '../../../domain/audit.ts';
import type { AuditChange } from '../../../domain/audit.ts';
import { createSealer } from '../../../runtime/sealed-secrets.ts';
import { audit } from '../../audit.ts';
import type { Route } from '../../deps.ts';
import { readMailboxAddress, saveServers } from '../../mailbox-settings.ts';
import { readSiteOrigin } from '../../site-origin.ts';
import { found, missing } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing, strict } from '../../schemas/basics.ts';
import { Mailbox, mailboxFields } from '../../schemas/mailbox.ts';
import type { IncomingGiven, OutgoingGiven } from '../../schemas/mailbox.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { showMailboxes } from '../../shown-mailboxes.ts';

const Body = strict(mailboxFields);

export const changeMailboxRoute: Route = (api, { database, config: { secret, oldSecrets } }) => {
  const sealer = createSealer(secret, oldSecrets);
  api.patch(
    '/mailboxes/:id',
    {
      config: { auth: 'admin' },
      schema: {
        tags: ['mailboxes'],
        summary: 'Change a mailbox',
        params: IdParams,
        querystring: Nothing,
        body: Body,
        response: { 200: Mailbox, ...problems(...signedInCodes, 'not_found', 'already_exists') },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const { id } = request.params;
      const { incoming, outgoing, aliases, origins, ...plain } = request.body;
      const fields = {
        ...plain,
        ...(aliases === undefined ? {} : { aliases: aliases.map(readMailboxAddress) }),
        ...(origins === undefined ? {} : { origins: origins.map(readSiteOrigin) }),
      };
      return database.withCompany(company, async (trx) => {
        const known = found(await readMailbox(trx, id), 'mailbox', id);
        const [before] = await showMailboxes(trx, agent, [known]);
        if (!(await updateMailbox(trx, id, fields))) {
          throw missing('mailbox', id);
        }
        const mailbox = found(await readMailbox(trx, id), 'mailbox', id);
        await saveServers(trx, sealer, mailbox, {
          ...(incoming === undefined ? {} : { incoming }),
          ...(outgoing === undefined ? {} : { outgoing }),
        });
        const [after] = await showMailboxes(trx, agent, [mailbox]);
        const shown = found(after ?? null, 'mailbox', id);
        const changes = [
          ...changesBetween(settingsOf(before ?? {}), settingsOf(shown)),
          ...secretsIn('incoming', incoming),
          ...secretsIn('outgoing', outgoing),
        ];
        if (changes.length > 0) {
          const facts = { kind: 'mailbox', act: 'changed', subject: id } as const;
          await audit(trx, request, { ...facts, name: mailbox.address, changes });
        }
        return shown;
      });
    },
  );
};

/** Its health changes by itself. */
function settingsOf({ health: _, ...settings }: { health?: unknown }): object {
  return settings;
}

/** A secret is the same picture before and after: only what was given tells that it changed. */
function secretsIn(
  name: string,
  given: IncomingGiven | OutgoingGiven | null | undefined,
): AuditChange[] {
  const isGiven = {
    password: given?.password !== undefined,
    'oauth.clientSecret': typeof given?.oauth?.clientSecret === 'string',
    'oauth.refreshToken': given?.oauth?.refreshToken !== undefined,
  };
  return Object.entries(isGiven)
    .filter(([, changed]) => changed)
    .map(([field]) => ({ field: `${name}.${field}` }));
}
