import { assertNever } from '../../errors.ts';
import type { CommandOf } from '../commands.ts';
import { agentRefusal, isActive, refuse } from '../decision.ts';
import type { Decision, On } from '../decision.ts';
import type { EventBody } from '../events.ts';
import type { Ticket } from '../ticket.ts';
import { remind } from './reminding.ts';

type OwnershipCommand = CommandOf<
  'claim' | 'assign' | 'release' | 'invite' | 'uninvite' | 'changeTeam'
>;

/** Who has the ticket, who helps, and which team it belongs to. */
export function own(on: On, command: OwnershipCommand): Decision {
  switch (command.type) {
    case 'claim':
      return claim(on, command);
    case 'assign':
      return assign(on, command);
    case 'release':
      return release(on, command);
    case 'invite':
      return invite(on, command);
    case 'uninvite':
      return on.ticket.participants.includes(command.agent)
        ? { events: [{ type: 'uninvited', agent: command.agent }] }
        : { events: [] };
    case 'changeTeam':
      return changeTeam(on, command);
    default:
      return assertNever(command);
  }
}

function release({ ticket }: On, { owner }: CommandOf<'release'>): Decision {
  const isOthers = owner !== undefined && owner !== ticket.owner;
  return { events: isOthers ? [] : released(ticket) };
}

function claim({ ticket, facts }: On, command: CommandOf<'claim'>): Decision {
  const refusal = agentRefusal(facts, command.agent);
  if (refusal) return { refusal };
  const { owner } = ticket;
  if (owner === command.agent) return { events: [] };
  if (owner !== null && !command.takeover) {
    return refuse('already_claimed', 'Another agent has claimed this ticket.', { owner });
  }
  return { events: [{ type: 'claimed', agent: command.agent, from: owner }] };
}

function assign(on: On, command: CommandOf<'assign'>): Decision {
  const { ticket, facts } = on;
  const refusal = agentRefusal(facts, command.agent);
  if (refusal) return { refusal };
  if (ticket.owner === command.agent) return { events: [] };
  const assigned: EventBody = { type: 'assigned', agent: command.agent, from: ticket.owner };
  const told = command.by === command.agent ? [] : [command.agent];
  return { events: [assigned, ...remind(on, 'assigned', told, 1)] };
}

function invite(on: On, command: CommandOf<'invite'>): Decision {
  const { ticket, facts } = on;
  const { agent } = command;
  const refusal = agentRefusal(facts, agent);
  if (refusal) return { refusal };
  if (ticket.owner === agent || ticket.participants.includes(agent)) return { events: [] };
  const told = command.by === agent ? [] : [agent];
  return { events: [{ type: 'invited', agent }, ...remind(on, 'invited', told, 1)] };
}

function changeTeam({ ticket, facts }: On, command: CommandOf<'changeTeam'>): Decision {
  const { team } = command;
  if (team !== null && !facts.team) {
    return refuse('not_found', `There is no team "${team}" in this company.`);
  }
  if (ticket.team === team) return { events: [] };
  const changed: EventBody = { type: 'teamChanged', team, from: ticket.team };
  const leaves =
    team !== null &&
    ticket.owner !== null &&
    !(isActive(facts, ticket.owner) && facts.agents[ticket.owner]?.teams.includes(team));
  return { events: leaves ? [changed, ...released(ticket)] : [changed] };
}

/** Back to `new` with no owner; a callback has nobody left to remind, so it goes too. */
export function released(ticket: Ticket): EventBody[] {
  const events: EventBody[] = [];
  if (ticket.callback) {
    events.push({ type: 'callbackCancelled', due: ticket.callback.at, why: 'released' });
  }
  return [...events, { type: 'released', from: ticket.owner }];
}
