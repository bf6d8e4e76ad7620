import { Type } from '@fastify/type-provider-typebox';

import { hashCredential, newCredential } from '../../../database/credential-hash.ts';
import { useAccountLink } from '../../../database/queries/account-links.ts';
import { updateAgent } from '../../../database/queries/agents.ts';
import { insertAudit } from '../../../database/queries/audit.ts';
import { readMe } from '../../../database/queries/me.ts';
import { insertSession } from '../../../database/queries/sign-in.ts';
import { deadLink, openLink } from '../../account-links.ts';
import type { Route } from '../../deps.ts';
import { meAnswer } from '../../me-answer.ts';
import { hashPassword } from '../../password.ts';
import { setSessionCookie } from '../../plugins/authentication.ts';
import { LinkCredential } from '../../schemas/account-link.ts';
import { Nothing, strict } from '../../schemas/basics.ts';
import { Me } from '../../schemas/me.ts';
import { problems } from '../../schemas/problem.ts';
import { Name, Password } from '../../schemas/settings.ts';
import { DAY_SECONDS, SESSION_DAYS } from '../session/sign-in.ts';
import { LINKS_RATE } from './open.ts';

const Body = strict({
  link: LinkCredential,
  password: Password,
  name: Type.Optional(Name),
});

/** Uses a link up: the agent has the password, and is signed in here and nowhere else. */
export const useLinkRoute: Route = (api, deps) => {
  const { database, config } = deps;
  api.post(
    '/account-links/use',
    {
      config: { auth: 'public', once: false, rateLimit: LINKS_RATE },
      schema: {
        tags: ['public'],
        summary: 'Choose a password by a link, and sign in; a link works once',
        querystring: Nothing,
        body: Body,
        response: { 200: Me, ...problems('not_found', 'link_over', 'rate_limited') },
      },
    },
    async (request, reply) => {
      const { link: shown, password, name } = request.body;
      const { company, link } = await openLink(database, shown);
      const passwordHash = await hashPassword(password);
      const credential = newCredential();
      const used = await database.withCompany(company, async (trx) => {
        if (!(await useAccountLink(trx, link.id))) throw deadLink('used', link.kind);
        const named = name === undefined ? {} : { name: name.trim() };
        await updateAgent(trx, link.agent, { ...named, passwordHash });
        const hash = hashCredential(credential);
        await insertSession(trx, { hash, agent: link.agent, days: SESSION_DAYS });
        const act = link.kind === 'invitation' ? 'joined' : 'passwordSet';
        const by = { actor: link.agent, way: 'link' } as const;
        const me = meAnswer(await readMe(trx, link.agent), config);
        const facts = { kind: 'agent', act, subject: link.agent, name: me.agent.name } as const;
        await insertAudit(trx, by, facts);
        return me;
      });
      const maxAgeSeconds = SESSION_DAYS * DAY_SECONDS;
      setSessionCookie(request, reply, deps, { credential, maxAgeSeconds });
      return used;
    },
  );
};
