import type { DemoTeam } from './people.ts';

/** Who acts at the desk: the admin, or one of the agents. */
export type DemoActor = 'anna' | 'bo' | 'sara';

/** Ids that the stories' calls name. */
export interface DemoIds {
  agents: Readonly<Record<DemoActor, string>>;
  teams: Readonly<Record<DemoTeam, string>>;
}

/** What happens next: an agent calls the API under `/tickets/N`, or the customer writes again. */
export type DemoStep =
  | { by: DemoActor; post: string; body: object }
  | { by: DemoActor; put: string }
  | { writes: string };

export interface DemoStory {
  customer: { name: string; email: string };
  via: 'mail' | 'form';
  subject: string;
  text: string;
  steps: readonly DemoStep[];
}

/** ISO 8601 of an hour (UTC) so many days from now. */
export type DemoDate = (days: number, hour: number) => string;

/**
 * Text as people type it, from a literal that is wrapped for the eye: lines of a paragraph are one
 * line, and `|` at the end of a line breaks it.
 */
export function letter(text: string): string {
  const paragraphs = text.trim().split(/\n\s*\n/);
  return paragraphs
    .map((paragraph) => paragraph.replace(/\s*\|\n\s*/g, '\r').replace(/\s*\n\s*/g, ' '))
    .map((paragraph) => paragraph.replaceAll('\r', '\n').trim())
    .join('\n\n');
}

/** An answer that leaves at once: nobody sits at the demo's desk to undo it. */
export function reply(by: DemoActor, text: string): DemoStep {
  return { by, post: 'reply', body: { text: letter(text), undoSeconds: 0 } };
}
