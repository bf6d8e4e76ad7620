/** What is read of a press. */
export type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Whether this machine's commands are pressed with Cmd. */
export function isMac(platform: string): boolean {
  return /^(mac|iphone|ipad)/i.test(platform);
}

/**
 * A press as the table of keys writes it: "j", "Shift+x", "Mod+k", "?". Null for one that is the
 * browser's or the system's: Alt, or the modifier that is not this machine's.
 */
export function strokeOf(press: Press, mac: boolean): string | null {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = press;
  const [mod, other] = mac ? [metaKey, ctrlKey] : [ctrlKey, metaKey];
  if (altKey || other || key === 'Dead' || key === 'Unidentified') return null;
  const letter = /^\p{L}$/u.test(key);
  // Which signs need Shift depends on the keyboard's language: "?" is "?" wherever it lies.
  const shift = shiftKey && (letter || key.length > 1) ? 'Shift+' : '';
  return `${mod ? 'Mod+' : ''}${shift}${letter ? key.toLowerCase() : key}`;
}

/** Whether a stroke works in text fields, and when single keys are switched off. */
export function hasModifier(stroke: string): boolean {
  return stroke.startsWith('Mod+');
}

const NAMES: Record<string, string> = { Enter: '↵', Escape: 'Esc' };

/** A stroke as the keys are labelled, each press for itself: ["G", "O"], ["⌘K"], ["Ctrl K"]. */
export function keyCaps(stroke: string, mac: boolean): string[] {
  return stroke.split(' ').map((press) => {
    const parts = press.split('+');
    const key = parts.at(-1) ?? '';
    const name = NAMES[key] ?? key.toUpperCase();
    const mod = parts.includes('Mod') ? (mac ? '⌘' : 'Ctrl ') : '';
    const shift = parts.includes('Shift') ? '⇧' : '';
    return `${mod}${shift}${name}`;
  });
}
