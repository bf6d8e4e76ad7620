import { counted } from '../counted.ts';

/** The settings page of the people who work here. */
export const agents = {
  agent: 'Agent',
  roleAndTeams: 'Role and teams',
  howItIs: 'How it is',
  failed: 'The agents could not be loaded',
  nobody: 'No agent yet',
  nobodyHint: 'Invite the first one by mail.',
  itsYou: '(you)',
  inNoTeam: 'in no team',
  roles: { agent: 'Agent', admin: 'Admin' },
  roleHint: {
    agent: 'Works on tickets.',
    admin: 'Works on tickets, and may change all settings.',
  },

  active: 'Active',
  deactivated: 'Deactivated',
  invited: 'Invited',
  expired: 'The invitation has expired',
  notSent: 'The invitation could not be sent',
  uncertain: 'Nobody knows whether the invitation arrived',
  noPassword: 'Has no password yet',
  neverSeen: 'never seen here',
  seen: (ago: string) => `last seen ${ago}`,
  mail: {
    waiting: (ago: string) => `mail waits to leave since ${ago}`,
    sent: (ago: string) => `mail sent ${ago}`,
    failed: (ago: string) => `tried ${ago}`,
    uncertain: (ago: string) => `tried ${ago}`,
    dropped: (ago: string) => `written ${ago}, and not sent`,
  },
  worksUntil: (date: string) => `works until ${date}`,

  invite: 'Invite an agent',
  email: 'E-mail',
  emailHint: 'The invitation goes there. It is also what they sign in with.',
  emailChangeHint: 'What they sign in with. An open invitation is sent anew.',
  emailWrong: 'Type an address such as bo@acme.test.',
  role: 'Role',
  noTeams: 'There is no team yet.',
  sendInvitation: 'Send the invitation',
  editAgent: (name: string) => `Edit ${name}`,

  edit: 'Edit',
  editNamed: (name: string) => `Edit ${name}`,
  sendAgain: 'Send again',
  sendAgainTo: (name: string) => `Send the invitation of ${name} again`,
  copyLink: 'Copy link',
  copyLinkOf: (name: string) => `Copy the link of ${name}`,
  withdraw: 'Withdraw…',
  withdrawOf: (name: string) => `Withdraw the invitation of ${name}`,
  deactivate: 'Deactivate…',
  deactivateNamed: (name: string) => `Deactivate ${name}`,
  activate: 'Activate',
  activateNamed: (name: string) => `Activate ${name}`,

  invitedNow: (name: string) => `${name} is invited`,
  saved: (name: string) => `${name} saved`,
  deactivatedNow: (name: string) => `${name} is deactivated`,
  goBackNow: (n: number) =>
    n === 1 ? 'Their ticket goes back to New' : `Their ${n} tickets go back to New`,
  activatedNow: (name: string) => `${name} is active again`,
  withdrawnNow: (name: string) => `The invitation of ${name} is withdrawn`,

  deactivateTitle: (name: string) => `Deactivate ${name}?`,
  deactivates:
    'They are signed out everywhere and can no longer sign in or be given tickets. ' +
    'What they did stays in their name, and they can be activated again.',
  goBack: (n: number) =>
    n === 0
      ? 'They own no open or pending ticket.'
      : `${counted(n, 'open or pending ticket goes', 'open or pending tickets go')} back to New; ` +
        'callbacks set on them are cancelled.',
  deactivateNow: 'Deactivate',
  withdrawTitle: (name: string) => `Withdraw the invitation of ${name}?`,
  withdraws: 'Its link ends at once. They stand under Deactivated, and can be invited again.',
  withdrawNow: 'Withdraw',
  linkOf: (name: string) => `Invitation link for ${name}`,
  linkHint: (name: string) =>
    `Whoever has this link becomes ${name} here. It works once, so hand it to nobody else.`,
  link: 'Link',
  done: 'Done',
};
