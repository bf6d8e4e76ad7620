import { defineSearchAttributeKey } from '@temporalio/common';
import type { SearchAttributeUpdatePair } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';

import type { Assistant } from '../domain/ticket/assistant.ts';
import type { Ticket } from '../domain/ticket/ticket.ts';

const state = defineSearchAttributeKey('TicketState', 'KEYWORD');
const team = defineSearchAttributeKey('TicketTeam', 'KEYWORD');
const owner = defineSearchAttributeKey('TicketOwner', 'KEYWORD');
const number = defineSearchAttributeKey('TicketNumber', 'INT');
const callbackAt = defineSearchAttributeKey('CallbackAt', 'DATETIME');
const autoSolveAt = defineSearchAttributeKey('AutoSolveAt', 'DATETIME');

/** Shows a ticket in the Temporal UI: search attributes and a text, of ids and states only. */
export class Visibility {
  #shown = '';

  show(ticket: Ticket): void {
    this.#upsertChanged(ticket);
    setCurrentDetails(describe(ticket));
  }

  /** One upsert with just what differs from what the server has, none when nothing does. */
  #upsertChanged(ticket: Ticket): void {
    const wanted = attributes(ticket);
    const text = JSON.stringify(wanted);
    if (text === this.#shown) return;
    this.#shown = text;
    const has = workflowInfo().typedSearchAttributes;
    const changed = wanted.filter(({ key, value }) => {
      const known = has.get(key);
      const shown = known instanceof Date ? known.getTime() : known;
      return (value instanceof Date ? value.getTime() : (value ?? undefined)) !== shown;
    });
    if (changed.length > 0) upsertSearchAttributes(changed);
  }
}

function attributes(ticket: Ticket): SearchAttributeUpdatePair[] {
  return [
    { key: state, value: ticket.state },
    { key: team, value: ticket.team },
    { key: owner, value: ticket.owner },
    { key: number, value: ticket.number },
    { key: callbackAt, value: date(ticket.callback?.at) },
    { key: autoSolveAt, value: date(ticket.autoSolve?.at) },
  ];
}

function date(text: string | undefined): Date | null {
  return text === undefined ? null : new Date(text);
}

function assistantLine({ status, mode, until, answer }: Assistant): string {
  if (status === 'asked') return `asked (mode ${mode}); a person answers from ${until} on`;
  const what = status === 'handedOver' ? 'handed over to a person' : status;
  return answer === null ? what : `${what} (${answer})`;
}

/** Markdown for the workflow's page in the Temporal UI. */
function describe(ticket: Ticket): string {
  const lines = [
    `**Ticket ${ticket.number}** is **${ticket.closed ? 'solved and closed' : ticket.state}**`,
    `- owner: ${ticket.owner ?? 'nobody'}; team: ${ticket.team ?? 'none'}`,
  ];
  if (ticket.participants.length > 0) lines.push(`- helping: ${ticket.participants.join(', ')}`);
  lines.push(
    ticket.waitingSince === null
      ? '- the next word is the customer’s'
      : `- the customer waits since ${ticket.waitingSince}`,
  );
  if (ticket.callback) lines.push(`- returns to open at ${ticket.callback.at}`);
  if (ticket.autoSolve) lines.push(`- solves itself at ${ticket.autoSolve.due}`);
  if (ticket.close) lines.push(`- can be reopened by the customer until ${ticket.close.at}`);
  if (ticket.assistant) lines.push(`- assistant: ${assistantLine(ticket.assistant)}`);
  for (const [message, send] of Object.entries(ticket.sends)) {
    lines.push(`- mail ${message}: ${send.state}${send.at === null ? '' : ` until ${send.at}`}`);
  }
  return lines.join('\n');
}
