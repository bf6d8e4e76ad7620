/** What the audit log tells of: changes of settings, how agents came in, and merged customers. */
export const auditKinds = [
  'company',
  'text',
  'limit',
  'agent',
  'session',
  'team',
  'mailbox',
  'signingKey',
  'label',
  'customer',
  'cannedResponse',
  'knowledgeBase',
  'token',
] as const;
export type AuditKind = (typeof auditKinds)[number];

export const auditActs = [
  'made',
  'changed',
  'deleted',
  'merged',
  'invited',
  'withdrawn',
  'joined',
  'deactivated',
  'activated',
  'passwordForgotten',
  'passwordSet',
  'signedIn',
  'refused',
] as const;
export type AuditAct = (typeof auditActs)[number];

/** How whoever did it was let in; `tool`: the admin tool, on the machine itself. */
export const auditWays = ['session', 'token', 'link', 'nobody', 'tool'] as const;
export type AuditWay = (typeof auditWays)[number];

/** One field of a thing, before and after; a secret or a long text says only that it changed. */
export interface AuditChange {
  field: string;
  from?: string | null;
  to?: string | null;
}

/** Longer values are texts, which an audit log is no place to keep. */
const VALUE_CHARS_MAX = 120;

/**
 * What differs between two pictures of a thing, by the names of its fields. Fields within one that
 * it has are named with a dot, such as `incoming.host`.
 */
export function changesBetween(before: object, after: object, prefix = ''): AuditChange[] {
  const old = new Map<string, unknown>(Object.entries(before));
  const fresh = new Map<string, unknown>(Object.entries(after));
  const names = [...new Set([...old.keys(), ...fresh.keys()])];
  return names.flatMap((name): AuditChange[] => {
    const from = old.get(name);
    const to = fresh.get(name);
    if (JSON.stringify(from ?? null) === JSON.stringify(to ?? null)) return [];
    const field = `${prefix}${name}`;
    if (isRecord(from) && isRecord(to) && !('id' in from)) {
      return changesBetween(from, to, `${field}.`);
    }
    const [shownFrom, shownTo] = [valueOf(from), valueOf(to)];
    if (shownFrom === undefined || shownTo === undefined) return [{ field }];
    return [{ field, from: shownFrom, to: shownTo }];
  });
}

/** Undefined for what is not shown. */
function valueOf(value: unknown): string | null | undefined {
  if (value === null || value === undefined || value === '') return null;
  if (Array.isArray(value)) {
    const words = value.map(valueOf);
    return words.every((word) => word !== undefined) ? short(words.join(', ')) : undefined;
  }
  if (isRecord(value)) return typeof value['name'] === 'string' ? short(value['name']) : undefined;
  return typeof value === 'string' ? short(value) : JSON.stringify(value);
}

function short(text: string): string | undefined {
  return text.length <= VALUE_CHARS_MAX ? text : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
