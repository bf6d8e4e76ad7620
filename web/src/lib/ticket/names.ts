import type { Ticket } from '../api/types.ts';
import type { Speech } from '../i18n/speech.ts';
import type { Desk } from '../menu/desk.svelte.ts';

interface Agent {
  id?: string;
  name?: string;
}

/** "You" for the one who is signed in, else the name: as the one who does something. */
export function agentName(agent: Agent, desk: Desk, { t }: Speech): string {
  if (desk.isMe(agent)) return t.ticket.you;
  return agent.name || desk.agents.find(({ id }) => id === agent.id)?.name || t.ticket.somebody;
}

/** As the one that something is done to: "you". */
export function agentObject(agent: Agent, desk: Desk, say: Speech): string {
  return desk.isMe(agent) ? say.t.ticket.youObject : agentName(agent, desk, say);
}

/** The customer within a sentence: the name, or "the customer". */
export function customerName(ticket: Ticket, { t }: Speech): string {
  return ticket.customer.name || t.ticket.theCustomer;
}
