/** RFC 3676, 4.3: the one line that ends in a space and is not joined with the next. */
const SIGNATURE = '-- ';

/**
 * Text as `format=flowed` means it (RFC 3676): lines that end in a space go on in the next one of
 * the same quote depth. With `DelSp=yes` that space belongs to the transport, not to the text.
 */
export function unfoldFlowed(text: string, deletesSpaces: boolean): string {
  const paragraphs: string[] = [];
  let open: { depth: number; text: string } | null = null;
  const close = (): void => {
    if (open) paragraphs.push(quoted(open.depth, open.text));
    open = null;
  };
  for (const line of text.split('\n')) {
    const depth = quoteDepth(line);
    // A space in front protects lines that begin with "From ", ">" or a space.
    const content = line.slice(depth).replace(/^ /, '');
    const isSignature = content === SIGNATURE;
    if (open && (open.depth !== depth || isSignature)) close();
    const before: string = open?.text ?? '';
    const goesOn = content.endsWith(' ') && !isSignature;
    const piece = goesOn && deletesSpaces ? content.slice(0, -1) : content;
    open = { depth, text: before + piece };
    if (!goesOn) close();
  }
  close();
  return paragraphs.join('\n');
}

function quoteDepth(line: string): number {
  let depth = 0;
  while (line[depth] === '>') depth += 1;
  return depth;
}

function quoted(depth: number, text: string): string {
  if (depth === 0) return text;
  return text === '' ? '>'.repeat(depth) : `${'>'.repeat(depth)} ${text}`;
}
