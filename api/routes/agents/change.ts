import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';

import type { CompanyTransaction } from '../../../database/client.ts';
import { endAccountLinks } from '../../../database/queries/account-links.ts';
import { readAgent, updateAgent } from '../../../database/queries/agents.ts';
import type { Agent as AgentRow } from '../../../database/queries/agents.ts';
import { readAgentRole } from '../../../database/queries/sign-in.ts';
import { changesBetween } from '../../../domain/audit.ts';
import { refused } from '../../../domain/errors.ts';
import { sendAccountLink } from '../../account-links.ts';
import { audit } from '../../audit.ts';
import type { Route } from '../../deps.ts';
import { found, missing } from '../../missing.ts';
import { hashPassword } from '../../password.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Id, IdParams, Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import {
  Address,
  Agent,
  Name,
  Password,
  Role,
  TEAMS_MAX,
  UNDO_SECONDS_MAX,
} from '../../schemas/settings.ts';
import { readAgentAddress } from './address.ts';

const Body = strict({
  name: Type.Optional(Name),
  email: Type.Optional(Address),
  role: Type.Optional(Role),
  active: Type.Optional(Type.Boolean()),
  teams: Type.Optional(Type.Array(Id, { maxItems: TEAMS_MAX })),
  undoSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: UNDO_SECONDS_MAX })),
  password: Type.Optional(Password),
});

/** What the audit log tells of an agent; the rest follows from it, or has an entry of its own. */
const told = ['name', 'email', 'role', 'teams', 'undoSeconds'];

/** What agents may change of themselves; the rest is for admins. */
const ownFields = ['name', 'undoSeconds'];

export const changeAgentRoute: Route = (api, { database, config }) => {
  api.patch(
    '/agents/:id',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['agents'],
        summary:
          'Change an agent; without being an admin only name and sending of oneself. A new ' +
          'password ends all sessions of the agent; one’s own is changed by PUT /me/password',
        params: IdParams,
        querystring: Nothing,
        body: Body,
        response: {
          200: Agent,
          ...problems(...signedInCodes, 'not_found', 'already_exists', 'not_allowed'),
        },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const { id } = request.params;
      const { password, email, ...plain } = request.body;
      const fields = Object.keys(request.body);
      if (id === agent && password !== undefined) {
        const how = 'change your own by PUT /me/password, which asks for the one of now.';
        throw refused('forbidden', `A password of another agent can be set here; ${how}`);
      }
      const hash = password === undefined ? {} : { passwordHash: await hashPassword(password) };
      const address = email === undefined ? {} : { email: readAgentAddress(email) };
      return database.withCompany(company, async (trx) => {
        const role = await readAgentRole(trx, agent);
        const mayChange = role === 'admin' || (id === agent && areOwn(fields));
        const before = found(await readAgent(trx, id), 'agent', id);
        if (!mayChange) {
          throw refused('forbidden', 'Only administrators may change this; ask one of yours.');
        }
        const wanted = { ...plain, ...address, ...hash, deactivatedBy: agent };
        const done = await updateAgent(trx, id, wanted);
        if (!done) throw missing('agent', id);
        const after = found(await readAgent(trx, id), 'agent', id);
        await tellChanges(trx, request, before, after, password !== undefined);
        if (before.email === after.email) return after;
        // What was sent to the old address is no longer for them.
        await endAccountLinks(trx, id);
        if (after.active && after.invitation) {
          const link = { kind: 'invitation', agent: id, email: after.email } as const;
          await sendAccountLink(trx, config, { ...link, madeBy: agent });
        }
        return found(await readAgent(trx, id), 'agent', id);
      });
    },
  );
};

async function tellChanges(
  trx: CompanyTransaction,
  request: FastifyRequest,
  before: AgentRow,
  after: AgentRow,
  hasNewPassword: boolean,
): Promise<void> {
  const facts = { kind: 'agent', subject: after.id, name: after.name } as const;
  if (before.active !== after.active) {
    await audit(trx, request, { ...facts, act: after.active ? 'activated' : 'deactivated' });
  }
  const differing = changesBetween(before, after).filter(({ field }) => told.includes(field));
  const changes = [...differing, ...(hasNewPassword ? [{ field: 'password' }] : [])];
  if (changes.length > 0) await audit(trx, request, { ...facts, act: 'changed', changes });
}

function areOwn(fields: readonly string[]): boolean {
  return fields.every((field) => ownFields.includes(field));
}
