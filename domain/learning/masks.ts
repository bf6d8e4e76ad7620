import type { Language } from '../languages.ts';

/** What stands in place of something personal, for whoever reads the draft to see. */
export const masks = ['name', 'email', 'phone', 'number', 'address', 'link'] as const;
export type Mask = (typeof masks)[number];

const words: { readonly [language in Language]: { readonly [mask in Mask]: string } } = {
  en: {
    name: 'name',
    email: 'e-mail',
    phone: 'phone',
    number: 'number',
    address: 'address',
    link: 'link',
  },
  sv: {
    name: 'namn',
    email: 'e-post',
    phone: 'telefon',
    number: 'nummer',
    address: 'adress',
    link: 'länk',
  },
};

/** Markdown shows it as it stands, since nothing in the article says where it would lead. */
export function maskOf(mask: Mask, language: Language): string {
  return `[${words[language][mask]}]`;
}

/** How many places of a text are masked. */
export function countMasks(text: string, language: Language): number {
  return masks.reduce((sum, mask) => sum + text.split(maskOf(mask, language)).length - 1, 0);
}
