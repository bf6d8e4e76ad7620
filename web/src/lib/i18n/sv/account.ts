import type { Words } from '../en/index.ts';

export const account: Words['account'] = {
  signIn: 'Logga in',
  signingIn: 'Loggar in…',
  email: 'E-post',
  password: 'Lösenord',
  typeBoth: 'Skriv din e-postadress och ditt lösenord.',
  unknown:
    'Ingen handläggare har den adressen och det lösenordet. Kontrollera båda och försök igen.',
  you: 'Du',
  youAre: (name) => `Du: ${name}`,
  settings: 'Inställningar',
  settingsHint: 'Dina och företagets',
  keysOn: 'Slå på kortkommandon med en tangent',
  keysOff: 'Stäng av kortkommandon med en tangent',
  keysHint: 'J, K, C och andra, utanför textfält',
  signOut: 'Logga ut',
  notSignedOut: (why) => `Du är inte utloggad. ${why}`,
};
