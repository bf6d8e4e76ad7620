import type { Answer } from './answer.ts';

/** How every time is written. */
export const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** An agent as tickets name one. */
export function named({ id, name }: { id: string; name: string }): { id: string; name: string } {
  return { id, name };
}

/** What makes a refusal: its status and its stable code. */
export function refusalOf({ status, body }: Answer): { status: number; code: unknown } {
  return { status, code: body?.code };
}
