import type { Database } from '../../../database/client.ts';
import { keptTokens, readServer } from '../../../database/queries/mailbox-servers.ts';
import { readAgentEmail } from '../../../database/queries/agents.ts';
import { readMailbox } from '../../../database/queries/mailboxes.ts';
import type { MailboxServerRow } from '../../../database/rows.ts';
import { readSmtpUrl, smtpAddressOf } from '../../../mail/outbound/smtp-url.ts';
import { TokenError } from '../../../mail/servers/access-token.ts';
import { openServer } from '../../../mail/servers/mail-server.ts';
import type { MailServer } from '../../../mail/servers/mail-server.ts';
import { ServerProblem } from '../../../mail/servers/server-problem.ts';
import { tried, tryIncoming, tryOutgoing } from '../../../mail/servers/try-server.ts';
import type { TriedStep } from '../../../mail/servers/try-server.ts';
import { createSealer, SealError } from '../../../runtime/sealed-secrets.ts';
import type { Sealer } from '../../../runtime/sealed-secrets.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing, strict } from '../../schemas/basics.ts';
import { MailboxTest } from '../../schemas/mailbox.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

/** Names the exact fault of a mailbox's servers, or of the desk's where it has none of its own. */
export const testMailboxRoute: Route = (api, { database, config }) => {
  const sealer = createSealer(config.secret, config.oldSecrets);
  api.post(
    '/mailboxes/:id/test',
    {
      config: { auth: 'admin', once: false },
      schema: {
        tags: ['mailboxes'],
        summary: 'Try to read the mailbox and to send from it; no mail is taken and none leaves',
        params: IdParams,
        querystring: Nothing,
        body: strict({}),
        response: { 200: MailboxTest, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const { id } = request.params;
      const known = await database.withCompany(company, async (trx) => ({
        mailbox: found(await readMailbox(trx, id), 'mailbox', id),
        incoming: await readServer(trx, id, 'in'),
        outgoing: await readServer(trx, id, 'out'),
        asker: await readAgentEmail(trx, agent),
      }));
      const { mailbox, incoming, outgoing } = known;
      const mail = { from: mailbox.address, to: known.asker ?? mailbox.address };
      const desk = readSmtpUrl(config.smtpUrl);
      const [reading, sending] = await Promise.all([
        incoming
          ? withServer(database, sealer, incoming, (server) =>
              tryIncoming(server, incoming.folder ?? 'INBOX'),
            )
          : [],
        outgoing
          ? withServer(database, sealer, outgoing, (server) =>
              tryOutgoing(smtpAddressOf(server), mail),
            )
          : tryOutgoing(desk, mail),
      ]);
      const steps = [
        ...reading.map((step) => ({ direction: 'incoming' as const, ...step })),
        ...sending.map((step) => ({ direction: 'outgoing' as const, ...step })),
      ];
      return { steps };
    },
  );
};

async function withServer(
  database: Database,
  sealer: Sealer,
  settings: MailboxServerRow,
  attempt: (server: MailServer) => Promise<TriedStep[]>,
): Promise<TriedStep[]> {
  const opened: { server: MailServer | null } = { server: null };
  const steps = await tried([], settings, async () => {
    try {
      opened.server = await openServer(settings, sealer, keptTokens(database, settings));
    } catch (error) {
      if (error instanceof TokenError) throw new ServerProblem('login', error.message);
      if (error instanceof SealError) throw new ServerProblem('settings', error.message);
      throw error;
    }
  });
  return opened.server === null ? steps : attempt(opened.server);
}
