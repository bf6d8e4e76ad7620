const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;
const FULL_STOP = 0x2e;

/**
 * Whether the data holds a line with only a dot that is not between two CRLF. Servers disagree on
 * whether such a line ends the mail, and senders use that to smuggle a second mail through us
 * (CVE-2023-51764). RFC 5321, 2.3.8 forbids bare CR and LF, but elsewhere they are only careless.
 */
export function isSmuggling(data: Buffer): boolean {
  if (beginsWithBareDot(data)) return true;
  if (['\n.\n', '\r.\r', '\r.\n'].some((sequence) => data.includes(sequence))) return true;
  for (let at = data.indexOf('\n.\r'); at >= 0; at = data.indexOf('\n.\r', at + 1)) {
    if (data[at - 1] !== CARRIAGE_RETURN || data[at + 3] !== LINE_FEED) return true;
  }
  return false;
}

/** The answer to DATA was a CRLF too: a dot right after it is on a line of its own. */
function beginsWithBareDot(data: Buffer): boolean {
  if (data[0] !== FULL_STOP) return false;
  const isBareLineFeed = data[1] === LINE_FEED;
  return isBareLineFeed || (data[1] === CARRIAGE_RETURN && data[2] !== LINE_FEED);
}
