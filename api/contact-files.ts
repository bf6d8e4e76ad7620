import { refused } from '../domain/errors.ts';
import { sniffContentType } from '../mail/content-type.ts';
import { cleanFilename } from '../mail/filename.ts';
import type { limitsOf } from './company-limits.ts';
import { programKind } from './routes/files/programs.ts';

/** A file that a visitor sends along. */
export interface SentFile {
  filename: string;
  contentType: string;
  content: Buffer;
}

/** Files with clean names and the type that their bytes say. @throws RefusedError */
export async function checkFiles(
  given: readonly SentFile[],
  { attachmentBytesMax, mailBytesMax }: ReturnType<typeof limitsOf>,
): Promise<SentFile[]> {
  const files = await Promise.all(
    given.map(async ({ content, ...file }, index) => {
      const filename = cleanFilename(file.filename) || `file-${index + 1}`;
      const program = programKind(content);
      if (program !== null) {
        throw refused('type_not_allowed', `"${filename}" is ${program}; send something else.`);
      }
      if (content.byteLength > attachmentBytesMax) throw tooLarge(filename, attachmentBytesMax);
      const contentType = await sniffContentType(content, file.contentType);
      return { filename, contentType, content };
    }),
  );
  const bytes = files.reduce((sum, { content }) => sum + content.byteLength, 0);
  if (bytes > mailBytesMax) throw tooLarge('all files together', mailBytesMax);
  return files;
}

export function tooLarge(what: string, max: number) {
  return refused('too_large', `"${what}" has more than ${max} bytes; send less.`, { max });
}
