import type { KnownAgent } from '../../api/admin-types.ts';
import type { IconName } from '../../icons/icon-name.ts';
import type { Speech } from '../../i18n/speech.ts';

export interface AgentState {
  icon: IconName;
  tone: string;
  word: string;
  facts: { text: string; at: string | null }[];
  /** What a mail server said. */
  said: string | null;
}

/** How it is with an agent: a word, and since when. */
export function stateOf(agent: KnownAgent, now: number, say: Speech): AgentState {
  const words = say.t.agents;
  const ago = (at: string) => say.dates.ago(at, Math.max(now, Date.parse(at)));
  if (!agent.active) return { ...CALM, icon: 'stop', word: words.deactivated, facts: [] };
  const { invitation } = agent;
  if (agent.hasPassword) {
    const { seenAt } = agent;
    const text = seenAt === null ? words.neverSeen : words.seen(ago(seenAt));
    return { ...CALM, icon: 'check', word: words.active, facts: [{ text, at: seenAt }] };
  }
  if (!invitation) return { ...CALM, icon: 's-pending', word: words.noPassword, facts: [] };
  const sent = { text: words.mail[invitation.mail](ago(invitation.sentAt)), at: invitation.sentAt };
  if (invitation.expired) {
    return { ...AMBER, word: words.expired, facts: [sent], said: invitation.reason };
  }
  const until = say.dates.planned(invitation.expiresAt, now);
  const facts = [sent, { text: words.worksUntil(until), at: invitation.expiresAt }];
  const shown = { facts, said: invitation.reason };
  if (invitation.mail === 'failed') return { ...FAILED, ...shown, word: words.notSent };
  if (invitation.mail === 'uncertain') return { ...AMBER, ...shown, word: words.uncertain };
  return { ...CALM, ...shown, icon: 's-pending', word: words.invited };
}

const CALM = { tone: '', said: null };
const AMBER = { icon: 's-uncertain', tone: 's-uncertain', said: null } as const;
const FAILED = { icon: 's-failed', tone: 's-failed', said: null } as const;

/** Those who work here first, by name; then who is invited; then who is gone. */
export function inOrder(agents: readonly KnownAgent[]): KnownAgent[] {
  const rank = ({ active, hasPassword }: KnownAgent) => (active ? (hasPassword ? 0 : 1) : 2);
  return agents.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
