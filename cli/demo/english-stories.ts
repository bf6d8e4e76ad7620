import { letter, reply } from './story.ts';
import type { DemoDate, DemoIds, DemoStory } from './story.ts';

export function englishStories(ids: DemoIds, date: DemoDate): DemoStory[] {
  return [crackedLamp(), wrongScrews(), vatInvoice(ids), roughTable(date)];
}

/** Open, with Anna; the customer wrote last. */
function crackedLamp(): DemoStory {
  return {
    customer: { name: 'Eleanor Hughes', email: 'eleanor.hughes@brightmail.test' },
    via: 'form',
    subject: 'Lumen 40 pendant arrived cracked',
    text: letter(`
      Hello,

      My Lumen 40 pendant came today and the glass shade is cracked along the rim. The box itself
      looks fine. The order is A-20817.

      We have guests on 5 December and hoped to hang it before then, so a quick replacement would
      be wonderful.

      Eleanor`),
    steps: [
      { by: 'anna', post: 'claim', body: {} },
      { by: 'anna', put: 'labels/damaged' },
      { by: 'anna', put: 'labels/lumen-40' },
      reply(
        'anna',
        `Hi Eleanor,

        I am sorry about the shade. The rest of the lamp is sound, so I would like to send you a
        new shade only. You keep the fitting, and nothing has to be sent back.

        A new shade leaves on Wednesday and reaches you by Friday. Shall we send it to the address
        on the order, 14 Mill Lane?

        Kind regards, |
        Anna`,
      ),
      {
        by: 'bo',
        post: 'notes',
        body: {
          text: letter(`
            The glassworks has six shades and ships on Wednesday. It is article 40-118, free of
            charge; I have reserved one.`),
        },
      },
      {
        writes: letter(`
          Yes, that works, only the glass is fine. Could it go to my studio instead? Nobody is at
          home in the daytime: Hughes Studio, 3 Canal Street, Leeds.

          Eleanor`),
      },
    ],
  };
}

/** New: nobody has claimed it. */
function wrongScrews(): DemoStory {
  return {
    customer: { name: 'Tom Ashworth', email: 'tom.ashworth@northpost.test' },
    via: 'mail',
    subject: 'Wrong screws in the Hemse shelf box',
    text: letter(`
      Hi there,

      bag C holds eight short screws, the drawing shows eight long ones. The number on the box is
      H-2614. Can you post the right ones? The shelf is half up and leans against the wall.

      Cheers, |
      Tom`),
    steps: [],
  };
}

/** Solved with a summary, by Sara of Billing, after Bo had handed it over. */
function vatInvoice({ agents, teams }: DemoIds): DemoStory {
  return {
    customer: { name: 'Daniel Novák', email: 'daniel@novak-interiors.test' },
    via: 'mail',
    subject: 'VAT invoice for order A-20755',
    text: letter(`
      Good morning,

      we need the invoice for order A-20755 with our VAT number on it, CZ27074358, for Novák
      Interiors s.r.o. Our bookkeeper closes the month on Friday.

      Thank you, |
      Daniel Novák`),
    steps: [
      { by: 'bo', post: 'claim', body: {} },
      { by: 'bo', put: 'labels/billing' },
      { by: 'bo', put: `participants/${agents.sara}` },
      { by: 'bo', post: 'team', body: { team: teams.Billing } },
      { by: 'bo', post: 'assign', body: { agent: agents.sara } },
      reply(
        'sara',
        `Good morning Daniel,

        the invoice with your VAT number is made and was mailed to you a minute ago as
        30455.pdf. The old one, 30391, is cancelled: please book only the new one.

        Kind regards, |
        Sara`,
      ),
      { writes: letter('It has arrived and all is right. Thank you for being so quick.') },
      { by: 'sara', post: 'solve', body: { summary: true } },
    ],
  };
}

/** Open, answered, and solved by itself unless the customer writes. */
function roughTable(date: DemoDate): DemoStory {
  return {
    customer: { name: 'Priya Raman', email: 'priya.raman@brightmail.test' },
    via: 'mail',
    subject: 'Walnut table 180, top feels rough',
    text: letter(`
      Hello Acme,

      I oiled our new table twice as the booklet says, and the grain still lifts near one edge. Is
      that a fault, or am I doing something wrong?

      Best wishes, |
      Priya`),
    steps: [
      { by: 'bo', post: 'claim', body: {} },
      { by: 'bo', put: 'labels/warranty' },
      reply(
        'bo',
        `Hi Priya,

        you are doing nothing wrong. That is the grain, which rises the first times it gets damp.
        Rub it lightly along the grain with paper 320, wipe it dry, and oil it thinly once more.
        It stays smooth from then on.

        Write to me if it does not, and we have the top changed.

        Kind regards, |
        Bo`,
      ),
      { by: 'bo', post: 'auto-solve', body: { at: date(10, 16) } },
    ],
  };
}
