/** What is being written, kept in this browser until the server has it. */
export interface LocalDraft {
  text: string;
  note: string;
  cc: string;
}

const keyOf = (number: number) => `postkeep:draft:${number}`;

/** The copy of this browser; null when there is none. */
export function keptLocal(number: number): LocalDraft | null {
  try {
    const kept: Partial<LocalDraft> | null = JSON.parse(
      localStorage.getItem(keyOf(number)) ?? 'null',
    );
    if (kept === null) return null;
    return { text: kept.text ?? '', note: kept.note ?? '', cc: kept.cc ?? '' };
  } catch {
    return null;
  }
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
