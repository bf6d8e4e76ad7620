export const settings = {
  title: 'Settings',
  menu: 'Menu',
  toSettings: 'To the settings',
  pages: {
    company: 'Company',
    teams: 'Teams',
    agents: 'Agents',
    mailboxes: 'Mailboxes',
    labels: 'Labels',
    canned: 'Canned responses',
    texts: 'Limits and texts',
    tokens: 'API tokens',
    audit: 'Audit log',
    profile: 'Profile',
  },
  you: 'You',
  forAdmins: 'Settings are for admins',
  askAnAdmin: (company: string) =>
    `You are signed in as an agent. An admin of ${company} can change them.`,
  restIsForAdmins: 'The other settings are for admins.',
};
