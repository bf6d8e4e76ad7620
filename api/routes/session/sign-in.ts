import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';

import { hashCredential, newCredential } from '../../../database/credential-hash.ts';
import type { CompanyTransaction } from '../../../database/client.ts';
import { readAgentName } from '../../../database/queries/agent-mail.ts';
import { insertAudit } from '../../../database/queries/audit.ts';
import { readMe } from '../../../database/queries/me.ts';
import {
  findAgentByEmail,
  insertSession,
  readCredentials,
} from '../../../database/queries/sign-in.ts';
import { refused } from '../../../domain/errors.ts';
import type { ApiDeps, Route } from '../../deps.ts';
import { meAnswer } from '../../me-answer.ts';
import { isPassword } from '../../password.ts';
import { setSessionCookie } from '../../plugins/authentication.ts';
import { Nothing, strict } from '../../schemas/basics.ts';
import { Me } from '../../schemas/me.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { createSignInBrake } from '../../sign-in-brake.ts';

/** Agents stay signed in this long on a browser of theirs. */
export const SESSION_DAYS = 30;
export const DAY_SECONDS = 86_400;

/** Browsers name themselves in some 120 letters. */
const BROWSER_CHARS_MAX = 300;

const Body = strict({
  email: Type.String({ minLength: 1, maxLength: 320 }),
  password: Type.String({ minLength: 1, maxLength: 1_000 }),
});

/** Starts a session: the cookie holds a random text of which only the hash is stored. */
export const signIn: Route = (api, deps) => {
  const brake = createSignInBrake();
  api.post(
    '/session',
    {
      config: { auth: 'public' },
      schema: {
        tags: ['session'],
        summary: 'Sign in; the answer sets the session cookie',
        querystring: Nothing,
        body: Body,
        response: { 200: Me, ...problems(...signedInCodes, 'rate_limited') },
      },
    },
    async (request, reply) => {
      const { email, password } = request.body;
      const who = { ip: request.ip, email };
      const wait = brake.begin(who, Date.now());
      if (wait !== null) {
        void reply.header('retry-after', wait);
        throw refused('rate_limited', `Too many wrong passwords; try again in ${wait} s.`);
      }
      const found = await authenticate(deps, email, password).catch((error: unknown) => {
        brake.undone(who);
        throw error;
      });
      if (!found) throw refused('unauthenticated', 'The address or the password is wrong.');
      brake.succeeded(who);
      const credential = newCredential();
      const me = await deps.database.withCompany(found.company, async (trx) => {
        const hash = hashCredential(credential);
        const { agent } = found;
        await insertSession(trx, { hash, agent, days: SESSION_DAYS, ...placeOf(request) });
        await tell(trx, agent, 'signedIn');
        return readMe(trx, found.agent);
      });
      const answer = meAnswer(me, deps.config);
      const maxAgeSeconds = SESSION_DAYS * DAY_SECONDS;
      setSessionCookie(request, reply, deps, { credential, maxAgeSeconds });
      return answer;
    },
  );
};

/** The audit log tells who came in, and that somebody with an agent's address did not. */
async function tell(
  trx: CompanyTransaction,
  agent: string,
  act: 'signedIn' | 'refused',
): Promise<void> {
  const by =
    act === 'signedIn'
      ? ({ actor: agent, way: 'session' } as const)
      : ({ actor: null, way: 'nobody' } as const);
  const name = await readAgentName(trx, agent);
  await insertAudit(trx, by, { kind: 'session', act, subject: agent, name });
}

/** So that agents know their own sessions apart. */
function placeOf({ ip, headers }: FastifyRequest): { browser: string; address: string } {
  return { browser: (headers['user-agent'] ?? '').slice(0, BROWSER_CHARS_MAX), address: ip };
}

/** Does the same for every address before it answers: its time tells nobody who is known. */
async function authenticate({ database, logger }: ApiDeps, email: string, password: string) {
  const found = await findAgentByEmail(database, email.trim());
  const { company, agent } = found ?? { company: '', agent: '' };
  const credentials = await database.withCompany(company, (trx) => readCredentials(trx, agent));
  const known = await isPassword(password, credentials?.passwordHash ?? null);
  if (known && credentials?.active) return found;
  if (!found) return null;
  // Written when the answer is on its way, which must not wait for it.
  setImmediate(() => {
    database
      .withCompany(company, (trx) => tell(trx, agent, 'refused'))
      .catch((error: unknown) => logger.warn({ err: error }, 'a refused sign-in was not noted'));
  });
  return null;
}
