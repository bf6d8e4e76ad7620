import type { Words } from '../en/index.ts';

export const palette: Words['palette'] = {
  title: 'Kommandon',
  hint: 'Skriv ett kommando, ett ärende, en kund eller en sida',
  hintTicket: 'Skriv ett kommando som ”vänta fre”, ett ärende, en kund eller en sida',
  on: (number, customer) => (customer === '' ? `I #${number}` : `I #${number}, ${customer}`),
  groups: { tickets: 'Ärenden', customers: 'Kunder', go: 'Gå till', settings: 'Inställningar' },
  nothing: (typed) => `Ingenting heter ”${typed}”.`,
  pendUntil: (when) => `Vänta till ${when}`,
  autoSolveAt: (when) => `Lös av sig självt ${when}`,
  pendWords: 'pausa väntan tillbaka',
  autoSolveWords: 'auto lös',
  renameWords: 'ämne',
  label: (name) => `Sätt etiketten ${name}`,
  unlabel: (name) => `Ta bort etiketten ${name}`,
  invite: (name) => `Bjud in ${name}`,
  uninvite: (name) => `Ta bort ${name}`,
  team: (name) => `Flytta till teamet ${name}`,
  savedView: 'Sparad vy',
  sharedBy: (who) => `Sparad vy, delad av ${who}`,
};
