/** Far more than any mail program writes on one element. */
const STYLE_CHARS_MAX = 10_000;

const SHORTHAND = /(^|;)\s*background\s*:([^;]*)/gi;
const COLOR = /#[0-9a-f]{3,8}\b|\b(?:rgb|rgba|hsl|hsla)\([\d\s.,%/]{1,60}\)/i;
const WORD = /^\s*[a-z]{3,20}\s*$/i;

/**
 * A style with only the color of each `background`: white letters of a button need what they were
 * written on, and the rest of the shorthand may load an image. Longer styles stay as they are.
 */
export function withBackgroundColors(style: string): string {
  if (style.length > STYLE_CHARS_MAX) return style;
  return style.replace(SHORTHAND, (whole, before: string, value: string) => {
    const drawn = value.replace(/url\([^)]*\)?/gi, ' () ').replace(/\s*!\s*important\s*$/i, '');
    const color = COLOR.exec(drawn)?.[0] ?? WORD.exec(drawn)?.[0];
    return color === undefined ? whole : `${before}background-color:${color.trim()}`;
  });
}
