const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;

/**
 * Whether the data holds a line with only a dot that is not between two CRLF. Servers disagree on
 * whether such a line ends the mail, and senders use that to smuggle a second mail through us
 * (CVE-2023-51764). RFC 5321, 2.3.8 forbids bare CR and LF, but elsewhere they are only careless.
 */
export function isSmuggling(data: Buffer): boolean {
  if (['\n.\n', '\r.\r', '\r.\n'].some((sequence) => data.includes(sequence))) return true;
  for (let at = data.indexOf('\n.\r'); at >= 0; at = data.indexOf('\n.\r', at + 1)) {
    if (data[at - 1] !== CARRIAGE_RETURN || data[at + 3] !== LINE_FEED) return true;
  }
  return false;
}
