import { accentColors } from '../../../../domain/accent-color.ts';

/** The stylesheet that gives the help pages a company's color; it says what tokens.css says. */
export function accentStyle(chosen: string): string {
  const { light, dark } = accentColors(chosen);
  const pair = (key: keyof typeof light) => `light-dark(${light[key]}, ${dark[key]})`;
  const soft = 'color-mix(in oklab, var(--accent-solid) 16%, var(--surface))';
  return `:root:root {
  --accent: ${pair('text')};
  --accent-solid: ${pair('solid')};
  --accent-solid-hover: ${pair('solidHover')};
  --on-accent: ${pair('onSolid')};
  --accent-soft-2: ${soft};
  --focus-color: var(--accent);
}
`;
}
