/** Signing in, and the menu of the one who is signed in. */
export const account = {
  signIn: 'Sign in',
  signingIn: 'Signing in…',
  email: 'E-mail',
  password: 'Password',
  typeBoth: 'Type your e-mail and your password.',
  unknown: 'No agent has this e-mail and password. Check both and sign in again.',
  you: 'You',
  youAre: (name: string) => `You: ${name}`,
  settings: 'Settings',
  settingsHint: 'Yours, and the company’s',
  keysOn: 'Switch single-key shortcuts on',
  keysOff: 'Switch single-key shortcuts off',
  keysHint: 'J, K, C and others, outside text fields',
  signOut: 'Sign out',
  notSignedOut: (why: string) => `Not signed out. ${why}`,
};
