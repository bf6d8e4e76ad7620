/**
 * What a canned response, an acknowledgement or a summary may say of its ticket, as
 * `{{customer.name}}`. The only place that knows them: console, API and mail fill texts by it.
 */
export const placeholders = [
  'customer.name',
  'customer.firstName',
  'customer.email',
  'ticket.number',
  'ticket.subject',
  'agent.name',
  'agent.firstName',
  'company.name',
  'mailbox.name',
  'mailbox.address',
] as const;
export type Placeholder = (typeof placeholders)[number];

/** Null and '' say that there is none, such as the name of a customer who gave none. */
export type PlaceholderValues = { readonly [Name in Placeholder]?: string | null };

/** What the values are taken from; what is left out stays a placeholder in the text. */
export interface PlaceholderSources {
  customer?: { name: string; email: string } | null;
  ticket?: { number: number; subject: string } | null;
  agent?: { name: string } | null;
  company?: { name: string } | null;
  mailbox?: { name: string; address: string } | null;
}

/**
 * Names are letters and dots; blanks within the braces count for nothing. What to say without a
 * value follows in quotation marks, as `{{customer.firstName | "there"}}`; curly ones count too,
 * since programs that people write in put them there by themselves.
 */
const PLACEHOLDER =
  /([^\S\n]*)\{\{\s*([A-Za-z.]{1,40})\s*(?:\|\s*["“”„'‘’]([^"“”„{}\n]{0,100})["“”'‘’]\s*)?\}\}/g;

export function placeholderValues(sources: PlaceholderSources): PlaceholderValues {
  const { customer, ticket, agent, company, mailbox } = sources;
  return {
    ...(customer && {
      'customer.name': customer.name,
      'customer.firstName': firstNameOf(customer.name),
      'customer.email': customer.email,
    }),
    ...(ticket && { 'ticket.number': String(ticket.number), 'ticket.subject': ticket.subject }),
    ...(agent && { 'agent.name': agent.name, 'agent.firstName': firstNameOf(agent.name) }),
    ...(company && { 'company.name': company.name }),
    ...(mailbox && { 'mailbox.name': mailbox.name, 'mailbox.address': mailbox.address }),
  };
}

/**
 * Puts values where a text names them. One that is empty takes the blanks before it along, so that
 * "Hello {{customer.name}}," becomes "Hello,", unless the text says what stands there instead. One
 * that is not known stays as it is, for whoever reads the text to see.
 */
export function fillPlaceholders(text: string, values: PlaceholderValues): string {
  return text.replace(PLACEHOLDER, (whole, blanks: string, name: string, instead?: string) => {
    const known = placeholders.find((placeholder) => placeholder === name);
    if (known === undefined) return whole;
    const value = values[known] || instead;
    if (value !== undefined && value !== '') return `${blanks}${value}`;
    return values[known] === undefined && instead === undefined ? whole : '';
  });
}

/** The names in a text that are none of `allowed`, each once. */
export function unknownPlaceholders(
  text: string,
  allowed: readonly Placeholder[] = placeholders,
): string[] {
  const names = [...text.matchAll(PLACEHOLDER)].map(([, , name = '']) => name);
  return [...new Set(names)].filter((name) => !allowed.some((placeholder) => placeholder === name));
}

/** As it stands in a text. */
export function writtenPlaceholder(name: string): string {
  return `{{${name}}}`;
}

function firstNameOf(name: string): string {
  return name.trim().split(/\s+/)[0] ?? '';
}
