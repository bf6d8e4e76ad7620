/** What admins see of the company's settings, as /api/v1 says it. */
import type { Named } from './types.ts';

export type Role = 'agent' | 'admin';

export interface Company extends Named {
  createdAt: string;
}

export interface Team extends Named {
  agents: Named[];
  openTickets: number;
  mailboxes: Named[];
}

export interface Invitation {
  sentAt: string;
  expiresAt: string;
  expired: boolean;
  mail: 'waiting' | 'sent' | 'failed' | 'uncertain' | 'dropped';
  reason: string | null;
}

export interface KnownAgent extends Named {
  email: string;
  role: Role;
  active: boolean;
  teams: Named[];
  hasPassword: boolean;
  invitation: Invitation | null;
  openTickets: number;
  seenAt: string | null;
}

export interface KnownLabel extends Named {
  tickets: number;
}

export interface Token extends Named {
  agent: Named;
  createdAt: string;
  usedAt: string | null;
}

export interface NewToken extends Token {
  token: string;
}

export interface AuditChange {
  field: string;
  from?: string | null;
  to?: string | null;
}

export interface AuditEntry {
  id: string;
  at: string;
  actor: Named | null;
  way: 'session' | 'token' | 'link' | 'nobody' | 'tool';
  kind: string;
  act: string;
  subject: string | null;
  name: string | null;
  changes: AuditChange[];
}

/** What an invitation or a link for a new password is for. */
export interface OpenLink {
  kind: 'invitation' | 'password';
  company: string;
  name: string;
  email: string;
  expiresAt: string;
}

export interface AgentBody {
  name: string;
  email: string;
  role: Role;
  teams: string[];
}
