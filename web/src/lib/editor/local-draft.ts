import { fieldsOf, textIn } from '../api/json.ts';

/** What is being written, kept in this browser until the server has it. */
export interface LocalDraft {
  text: string;
  note: string;
  cc: string;
}

const keyOf = (number: number) => `postkeep:draft:${number}`;

/** The copy of this browser; null when there is none. */
export function keptLocal(number: number): LocalDraft | null {
  const kept = localStorage.getItem(keyOf(number));
  if (kept === null) return null;
  const fields = fieldsOf(kept);
  return { text: textIn(fields, 'text'), note: textIn(fields, 'note'), cc: textIn(fields, 'cc') };
}

/** A full or forbidden storage must not stop the typing: the server still gets the draft. */
export function keepLocal(number: number, draft: LocalDraft): void {
  try {
    localStorage.setItem(keyOf(number), JSON.stringify(draft));
  } catch {
    return;
  }
}

export function forgetLocal(number: number): void {
  try {
    localStorage.removeItem(keyOf(number));
  } catch {
    return;
  }
}
