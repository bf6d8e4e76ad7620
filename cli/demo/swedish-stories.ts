import { letter, reply } from './story.ts';
import type { DemoDate, DemoIds, DemoStory } from './story.ts';

export function swedishStories(ids: DemoIds, date: DemoDate): DemoStory[] {
  return [doubleFreight(ids), deliveryToVisby(), stainedSofa(date), sparePart()];
}

/** Open, with Sara of Billing: Team to the others. */
function doubleFreight({ agents, teams }: DemoIds): DemoStory {
  return {
    customer: { name: 'Göran Östlund', email: 'goran.ostlund@fjordpost.test' },
    via: 'mail',
    subject: 'Faktura 30418 stämmer inte',
    text: letter(`
      Hej!

      Jag ser att frakten är dragen två gånger på faktura 30418, 149 kr den 12:e och 149 kr den
      14:e. Vi fick bara ett paket.

      Kan ni titta på det?

      Vänliga hälsningar |
      Göran Östlund`),
    steps: [
      { by: 'anna', post: 'team', body: { team: teams.Billing } },
      { by: 'anna', post: 'assign', body: { agent: agents.sara } },
      { by: 'sara', put: 'labels/refund' },
      { by: 'sara', put: 'labels/billing' },
    ],
  };
}

/** New: nobody has claimed it. */
function deliveryToVisby(): DemoStory {
  return {
    customer: { name: 'Jonas Ek', email: 'jonas.ek@fjordpost.test' },
    via: 'mail',
    subject: 'Leverans till Visby före jul?',
    text: letter(`
      Hej,

      om jag beställer en Hemse-hylla i dag, hinner den komma till Visby före jul? Och kan den
      lämnas hos grannen om vi inte är hemma?

      Tack på förhand |
      Jonas`),
    steps: [],
  };
}

/** Pending, with Anna: comes back in three days. */
function stainedSofa(date: DemoDate): DemoStory {
  return {
    customer: { name: 'Per Sjöberg', email: 'per@sjoberg-familjen.test' },
    via: 'mail',
    subject: 'Fläck på soffan Tove',
    text: letter(`
      Hej!

      Vår nya soffa Tove har en mörk fläck på sitsen, den fanns där redan när vi tog av plasten.
      Går den bort i tvätten, eller får vi en ny klädsel? Ordernumret är A-20698.

      Hälsningar |
      Per Sjöberg`),
    steps: [
      { by: 'anna', post: 'claim', body: {} },
      { by: 'anna', put: 'labels/warranty' },
      reply(
        'anna',
        `Hej Per!

        Så ska det förstås inte se ut. Jag frågar vår tapetserare om fläcken går bort med tvätt.
        Gör den inte det syr vi en ny klädsel, utan kostnad för er.

        Vänta gärna med att tvätta tills du har hört av mig.

        Vänliga hälsningar |
        Anna`,
      ),
      { by: 'anna', post: 'notes', body: { text: 'Tapetseraren svarar efter helgen.' } },
      {
        by: 'anna',
        post: 'pend',
        body: { until: date(3, 9), reason: 'Väntar på besked från tapetseraren' },
      },
    ],
  };
}

/** Solved without a summary. */
function sparePart(): DemoStory {
  return {
    customer: { name: 'Kerstin Lund', email: 'kerstin.lund@fjordpost.test' },
    via: 'mail',
    subject: 'Reservdel till Fasta-lampan',
    text: letter(`
      Hej,

      kontakten till min Fasta-lampa har gått sönder. Går det att köpa bara den?

      Kerstin Lund`),
    steps: [
      { by: 'anna', post: 'claim', body: {} },
      { by: 'anna', put: 'labels/parts' },
      reply(
        'anna',
        `Hej Kerstin!

        Ja, kontakten heter FA-7 och kostar 49 kr. Säg till så lägger jag ordern.

        Vänliga hälsningar |
        Anna`,
      ),
      { writes: letter('Ja tack, gör det! Samma adress som förra gången.') },
      reply(
        'anna',
        `Klart! Den går med brev i dag och är hos dig om två till fyra vardagar.

        Vänliga hälsningar |
        Anna`,
      ),
      { by: 'anna', post: 'solve', body: { summary: false } },
    ],
  };
}
