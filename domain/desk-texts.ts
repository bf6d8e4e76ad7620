import type { Language } from './languages.ts';
import { placeholders } from './placeholders.ts';
import type { Placeholder } from './placeholders.ts';

/** The mails to customers that the desk writes itself, and that a company has its own words for. */
export const deskTextKinds = ['acknowledgement', 'summary', 'assistant'] as const;
export type DeskTextKind = (typeof deskTextKinds)[number];

/** What they may name: no agent writes them. */
export const deskTextPlaceholders: readonly Placeholder[] = placeholders.filter(
  (name) => !name.startsWith('agent.'),
);

/** What is said until a company says something else. */
export const defaultDeskTexts: Readonly<Record<DeskTextKind, Readonly<Record<Language, string>>>> =
  {
    acknowledgement: {
      en:
        'Hello {{customer.name}},\n\n' +
        'thank you for writing. We have received your message and will answer you here.\n' +
        'To add something, just reply to this mail.',
      sv:
        'Hej {{customer.name}}!\n\n' +
        'Tack för ditt mejl. Vi har tagit emot det och svarar dig här.\n' +
        'Vill du lägga till något är det bara att svara på det här mejlet.',
    },
    summary: {
      en:
        'Hello {{customer.name}},\n\n' +
        'your request {{ticket.number}} has been solved. Here is what was written.\n' +
        'If something is still open, just reply to this mail.',
      sv:
        'Hej {{customer.name}}!\n\n' +
        'Ditt ärende {{ticket.number}} är löst. Här är vad som skrevs.\n' +
        'Är något fortfarande oklart är det bara att svara på det här mejlet.',
    },
    assistant: {
      en:
        'Hello {{customer.name}},\n\n' +
        'thank you for writing. Our virtual assistant found this for your question:',
      sv:
        'Hej {{customer.name}}!\n\n' +
        'Tack för ditt mejl. Vår virtuella assistent hittade det här om din fråga:',
    },
  };
