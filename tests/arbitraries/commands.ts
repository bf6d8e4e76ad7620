import fc from 'fast-check';
import { noAnswerReasons } from '../../domain/ticket/assistant.ts';
import { deliveryOutcomes } from '../../domain/ticket/commands.ts';
import type { CommandBody, OutsideCommand } from '../../domain/ticket/commands.ts';

/** Where the parts of a command come from. */
export interface CommandParts {
  agent: fc.Arbitrary<string>;
  mail: fc.Arbitrary<string>;
  message: fc.Arbitrary<string>;
  label: fc.Arbitrary<string>;
  note: fc.Arbitrary<string>;
  rating: fc.Arbitrary<string>;
  text: fc.Arbitrary<string>;
  team: fc.Arbitrary<string>;
  date: fc.Arbitrary<string>;
  /** Which event armed the timer that fires. */
  armed: fc.Arbitrary<number>;
}

type BodyOf<T extends CommandBody['type']> = Extract<CommandBody, { type: T }>;

/** One arbitrary body for each command that people can ask for by its name. */
export function outsideBodies(parts: Omit<CommandParts, 'armed'>) {
  const { agent, mail, message, label, note, rating, text, team, date } = parts;
  return {
    receive: fc.record({ type: fc.constant('receive'), mail }),
    compose: fc.record({ type: fc.constant('compose'), message }),
    deflect: fc.record({ type: fc.constant('deflect'), exchange: text }),
    claim: fc.record({ type: fc.constant('claim'), agent, takeover: fc.boolean() }),
    assign: fc.record({ type: fc.constant('assign'), agent }),
    release: fc.record({ type: fc.constant('release') }),
    reply: fc.record({ type: fc.constant('reply'), message }),
    pend: fc.record({ type: fc.constant('pend'), until: date, reason: fc.option(text) }),
    resume: fc.record({ type: fc.constant('resume') }),
    solve: fc.record({ type: fc.constant('solve'), summary: fc.boolean() }),
    autoSolve: fc.record({ type: fc.constant('autoSolve'), at: fc.option(date) }),
    reopen: fc.record({ type: fc.constant('reopen'), agent }),
    invite: fc.record({ type: fc.constant('invite'), agent }),
    uninvite: fc.record({ type: fc.constant('uninvite'), agent }),
    changeTeam: fc.record({ type: fc.constant('changeTeam'), team: fc.option(team) }),
    label: fc.record({ type: fc.constant('label'), label }),
    unlabel: fc.record({ type: fc.constant('unlabel'), label }),
    note: fc.record({ type: fc.constant('note'), note }),
    rename: fc.record({ type: fc.constant('rename'), subject: text }),
    rate: fc.record({ type: fc.constant('rate'), rating }),
    settle: fc.record({ type: fc.constant('settle') }),
    sendLink: fc.record({ type: fc.constant('sendLink') }),
    cancelSend: fc.record({ type: fc.constant('cancelSend'), message }),
    moveSend: fc.record({ type: fc.constant('moveSend'), message, at: date }),
    resend: fc.record({ type: fc.constant('resend'), message }),
    delivery: fc.record({
      type: fc.constant('delivery'),
      message,
      outcome: fc.constantFrom(...deliveryOutcomes),
      attempt: fc.option(fc.integer({ min: 1, max: 4 })),
      atOnce: fc.boolean(),
    }),
    sync: fc.record({ type: fc.constant('sync') }),
  } satisfies { [name in OutsideCommand]: fc.Arbitrary<BodyOf<name>> };
}

/** Any command: from outside, from a timer, or one that nobody understood. */
export function anyBody(parts: CommandParts): fc.Arbitrary<CommandBody> {
  const { armed, message, text } = parts;
  return fc.oneof(
    ...Object.values<fc.Arbitrary<CommandBody>>(outsideBodies(parts)),
    fc.record({ type: fc.constant('callbackDue'), armed }),
    fc.record({ type: fc.constant('autoSolveDue'), armed }),
    fc.record({ type: fc.constant('closeDue'), armed }),
    fc.record({ type: fc.constant('sendDue'), message }),
    fc.record({ type: fc.constant('assistantDue'), armed }),
    fc.record({
      type: fc.constant('assisted'),
      asked: armed,
      answer: fc.option(text),
      why: fc.option(fc.constantFrom(...noAnswerReasons)),
    }),
    fc.record({ type: fc.constant('malformed'), name: text, reason: text }),
  );
}
