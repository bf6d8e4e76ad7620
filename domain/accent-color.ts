/** The one color that a company chooses, as it is used on light or on dark pages. */
export interface AccentColors {
  /** Of links and marks, readable on the page. */
  text: string;
  /** Of areas and buttons, and while one points at them. */
  solid: string;
  solidHover: string;
  /** Of words on them. */
  onSolid: string;
}

/** As a company writes it: #rrggbb. */
export const ACCENT_COLOR = '^#[0-9A-Fa-f]{6}$';

/** WCAG AA, for text of any size and for the edges of things. */
const TEXT_CONTRAST_MIN = 4.5;
const SHAPE_CONTRAST_MIN = 3;

/** The darkest of the light surfaces, and the lightest of the dark ones. */
const LIGHT_SURFACE = '#eef2f2';
const DARK_SURFACE = '#2c3234';

const WHITE = '#ffffff';
const BLACK = '#000000';

const STEP = 0.04;
const HOVER = 0.12;

type Rgb = readonly [number, number, number];

/** On light and on dark pages; text in them and on them has enough contrast whatever was chosen. */
export function accentColors(chosen: string): { light: AccentColors; dark: AccentColors } {
  const color = chosen.toLowerCase();
  return {
    light: around(color, contrasting(color, LIGHT_SURFACE, TEXT_CONTRAST_MIN, BLACK)),
    dark: around(
      contrasting(color, DARK_SURFACE, SHAPE_CONTRAST_MIN, WHITE),
      contrasting(color, DARK_SURFACE, TEXT_CONTRAST_MIN, WHITE),
    ),
  };
}

/** Black and white lie so far apart that one of them always reaches 4.5. */
function around(solid: string, text: string): AccentColors {
  const onSolid = contrast(solid, WHITE) >= contrast(solid, BLACK) ? WHITE : BLACK;
  const solidHover = mixed(solid, onSolid === WHITE ? BLACK : WHITE, HOVER);
  return { text, solid, solidHover, onSolid };
}

/** The color itself, or as much nearer to black or white as it needs. */
function contrasting(color: string, surface: string, least: number, towards: string): string {
  for (let share = 0; share < 1; share += STEP) {
    const tried = mixed(color, towards, share);
    if (contrast(tried, surface) >= least) return tried;
  }
  return towards;
}

/** 1 to 21, as WCAG counts it. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [r, g, b] = rgbOf(color).map((part) => {
    const share = part / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

function mixed(color: string, other: string, share: number): string {
  const [from, to] = [rgbOf(color), rgbOf(other)];
  const parts = from.map((part, place) => part + ((to[place] ?? 0) - part) * share);
  return `#${parts.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

function rgbOf(color: string): Rgb {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
