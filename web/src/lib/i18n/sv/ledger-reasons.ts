type Rule = readonly [said: RegExp, words: string];

/**
 * The ledger keeps its reasons in English. What follows a reason in another program's words stays
 * as it is.
 */
const RULES: readonly Rule[] = [
  [/^it begins a conversation\b/, 'Det inleder en konversation'],
  [/^it came to the address of the ticket\b/, 'Det kom till ärendets egen adress'],
  [/^it answers a mail of the ticket\b/, 'Det svarar på ett mejl i ärendet'],
  [/^an answer to it had come before\b/, 'Ett svar på det hade redan kommit'],
  [/^its subject names the ticket\b/, 'Ämnesraden nämner ärendet'],
  [/^it follows up ticket (\d+)/, 'Det följer upp ärende $1'],
  [/^it answers a reminder of the desk\b/, 'Det svarar på en av våra påminnelser'],
  [
    /^it refers to ticket (\d+), but its sender has no part in that/,
    'Det hänvisar till ärende $1, men avsändaren deltar inte i det',
  ],
  [
    /^it names no sender, so nobody could be answered/,
    'Det anger ingen avsändare, så ingen kan få svar',
  ],
  [
    /^a loop: it comes from (\S+), the mailbox that it is sent to/,
    'Rundgång: det kommer från $1, brevlådan som det är skickat till',
  ],
  [/^a loop: it has been through (\d+) servers/, 'Rundgång: det har gått genom $1 servrar'],
  [
    /^a loop: it is a mail of ours that came back/,
    'Rundgång: det är ett av våra egna mejl som kom tillbaka',
  ],
  [/^a virus: /, 'Ett virus: '],
  [/^it could not be scanned for viruses: /, 'Det gick inte att söka efter virus i det: '],
  [/^it could not be parsed: /, 'Det gick inte att tolka: '],
  [
    /^it looks like a delivery report, but says of no mail what went wrong with it/,
    'Det liknar en leveransrapport men säger inte om vilket mejl något gick fel',
  ],
  [/^delivery report of a mail in ticket (\d+)/, 'Leveransrapport om ett mejl i ärende $1'],
  [/^a delivery report/, 'En leveransrapport'],
  [/^a read receipt/, 'Ett läskvitto'],
  [/^an automatic answer: /, 'Ett automatiskt svar: '],
  [/^written by a program: /, 'Skrivet av ett program: '],
  [/^sent to many: /, 'Skickat till många: '],
  [/^the ticket did not take it: /, 'Ärendet tog inte emot det: '],
];

/** A reason of the ledger as a Swedish sentence. */
export function swedishReason(reason: string): string {
  const rule = RULES.find(([said]) => said.test(reason));
  const words = rule === undefined ? reason : reason.replace(rule[0], rule[1]);
  const sentence = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
