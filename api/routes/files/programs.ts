/** What a file begins with that a computer would run. Names tell nothing: anyone changes them. */
const beginnings: readonly (readonly [string, Buffer])[] = [
  ['a Windows program', Buffer.from('MZ')],
  ['a Linux program', Buffer.from('\x7fELF', 'latin1')],
  ['a macOS program', Buffer.from('feedface', 'hex')],
  ['a macOS program', Buffer.from('feedfacf', 'hex')],
  ['a macOS program', Buffer.from('cefaedfe', 'hex')],
  ['a macOS program', Buffer.from('cffaedfe', 'hex')],
  ['a macOS or Java program', Buffer.from('cafebabe', 'hex')],
  ['a WebAssembly program', Buffer.from('\0asm', 'latin1')],
  ['an Android program', Buffer.from('dex\n', 'latin1')],
  ['a script', Buffer.from('#!')],
  // Shell Link, [MS-SHLLINK] 2.1: its size and class id.
  ['a Windows shortcut', Buffer.from('4c0000000114020000000000c000000000000046', 'hex')],
  ['a Debian package', Buffer.from('!<arch>\ndebian-binary')],
  ['an RPM package', Buffer.from('edabeedb', 'hex')],
];

/** Names of parts that make a ZIP a program: Java and Android archives. */
const programParts = ['META-INF/MANIFEST.MF', 'classes.dex', 'AndroidManifest.xml'];
const ZIP = Buffer.from('PK\x03\x04', 'latin1');

/** Such a part stands at the front of the archive. */
const ZIP_HEAD_BYTES = 4_096;

/** What kind of program a file is, in words with an article; null when it is none. */
export function programKind(content: Buffer): string | null {
  const known = beginnings.find(([, start]) => content.subarray(0, start.length).equals(start));
  if (known) return known[0];
  if (!content.subarray(0, ZIP.length).equals(ZIP)) return null;
  const head = content.subarray(0, ZIP_HEAD_BYTES).toString('latin1');
  return programParts.some((part) => head.includes(part)) ? 'a Java or Android program' : null;
}
