/** Links by which agents come in without a password, to choose one. */
export const accountLinkKinds = ['invitation', 'password'] as const;
export type AccountLinkKind = (typeof accountLinkKinds)[number];

/** Somebody who is invited on a Friday may be away for a week's half; a password is wanted now. */
export const linkValidMs: Record<AccountLinkKind, number> = {
  invitation: 7 * 86_400_000,
  password: 2 * 3_600_000,
};

/** What a link is made for, so that only the desk's own secret can make it again. */
export function linkPurpose(company: string, link: string): string {
  return JSON.stringify(['account-link', company, link]);
}

/**
 * Where a link leads to in the console. Its secret stands behind the `#`, which browsers send to
 * nobody: logs of servers and proxies on the way keep paths.
 */
export function linkUrl(publicUrl: string, kind: AccountLinkKind, credential: string): string {
  return `${publicUrl}/${kind === 'invitation' ? 'invitation' : 'new-password'}#${credential}`;
}
