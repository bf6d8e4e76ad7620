/** An upload as the editor shows it, or named as a part of the mail. */
const UPLOAD = /^(?:\/api\/v1\/attachments\/|cid:)([\w.-]{1,200})$/i;

/** Ends the Content-ID of an upload: a domain that is nobody's (RFC 2606, 2). */
const OURS = '@postkeep.invalid';

/** The Content-ID that an upload has as a part of a mail; without brackets. */
export function uploadContentId(upload: string): string {
  return `${upload}${OURS}`;
}

/** The id of the upload that the address of an image shows; null when it shows none. */
export function uploadOf(address: string): string | null {
  const named = address.endsWith(OURS) ? address.slice(0, -OURS.length) : address;
  return UPLOAD.exec(named)?.[1] ?? null;
}
