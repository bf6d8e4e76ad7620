import { readdirSync, readFileSync } from 'node:fs';

/** A file of `articles/` or `responses/`: a title, perhaps labels, and the text itself. */
export interface WrittenText {
  /** The file's name without its ending. */
  file: string;
  title: string;
  labels: string[];
  body: string;
}

/** The texts of a folder beside this file, in the order of their names. */
export function readWrittenTexts(folder: string): WrittenText[] {
  const place = new URL(`./${folder}/`, import.meta.url);
  const names = readdirSync(place).filter((name) => name.endsWith('.md'));
  return names.sort().map((name) => {
    const text = readFileSync(new URL(name, place), 'utf8');
    return { file: name.replace(/\.md$/, ''), ...readWrittenText(text) };
  });
}

export function readWrittenText(text: string): Omit<WrittenText, 'file'> {
  const [, title, labels, body] = /^# (.+)\n(?:labels: (.+)\n)?\n([^]+)$/.exec(text) ?? [];
  if (title === undefined || body === undefined) {
    throw new Error(`"${text.slice(0, 60)}" does not begin with "# Title" and an empty line`);
  }
  return { title, labels: labels?.split(', ') ?? [], body: body.trim() };
}
