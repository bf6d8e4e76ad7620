import { deskMessageId } from '../../ids.ts';
import type { CommandOf } from '../commands.ts';
import type { Decision, On } from '../decision.ts';
import { deskMail } from './reminding.ts';

/** Links that one ticket's customer is mailed within LINKS_WINDOW_MS: the button is anybody's. */
export const LINKS_MAX = 3;
export const LINKS_WINDOW_MS = 3_600_000;

/**
 * Mails the customer a new link to the page of the ticket, in every state. Asked too often it does
 * nothing: the customer has one by then, and whoever asked learns nothing of that.
 */
export function sendLink({ ticket, facts }: On, _command: CommandOf<'sendLink'>): Decision {
  if ((facts.linksLately ?? 0) >= LINKS_MAX) return { events: [] };
  const { number, seq } = ticket;
  return { events: deskMail(deskMessageId(number, seq, 'link'), 'link', seq, null) };
}
