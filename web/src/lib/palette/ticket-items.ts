import type { OutsideCommand } from '../../../../domain/ticket/commands.ts';
import type { Speech } from '../i18n/speech.ts';
import type { Commands } from '../keys/commands.ts';
import type { Desk } from '../menu/desk.svelte.ts';
import { ownedBy, withLabel, withoutLabel } from '../ticket/hopes.ts';
import { withoutParticipant, withParticipant } from '../ticket/hopes.ts';
import { refusal } from '../ticket/refusals.ts';
import { fits } from './match.ts';
import type { PaletteItem } from './palette-item.ts';
import type { TicketHere } from './here.svelte.ts';
import type { TypedDate } from './typed-date.ts';

/** What items are made from. */
export interface Hands {
  desk: Desk;
  commands: Commands;
  say: Speech;
  now: number;
}

type Item = Omit<PaletteItem, 'group' | 'refused'>;

/** Everything that can be done to the open ticket. */
export function ticketItems(here: TicketHere, date: TypedDate | null, hands: Hands): PaletteItem[] {
  const { page } = here;
  const { desk, say, now } = hands;
  const item = (command: OutsideCommand, made: Item): PaletteItem => ({
    ...made,
    group: 'ticket',
    refused: refusal(page.ticket, command, now, desk.me.agent.id, say),
  });
  return [
    ...(date === null ? [] : dateItems(here, date, hands, item)),
    ...stateItems(here, hands, item),
    ...ownerItems(here, hands, item),
    ...labelItems(here, hands, item),
    ...peopleItems(here, hands, item),
  ];
}

type Make = (command: OutsideCommand, made: Item) => PaletteItem;

/** "pend fri": what may happen at the date that is typed. */
function dateItems(
  { page, finishing }: TicketHere,
  { at, verb }: TypedDate,
  { say, now }: Hands,
  item: Make,
): PaletteItem[] {
  const { palette } = say.t;
  const when = say.dates.planned(at, now);
  const { api, number } = page;
  const pend = item('pend', {
    id: 'pend-at',
    text: palette.pendUntil(when),
    icon: 's-pending',
    when: 'found',
    run: () => finishing.pend(at, '', 'acts'),
  });
  const autoSolve = item('autoSolve', {
    id: 'auto-solve-at',
    text: palette.autoSolveAt(when),
    icon: 'autosolve',
    when: 'found',
    run: () => page.attempt('next', () => api.autoSolve(number, new Date(at).toISOString())),
  });
  const meant = (words: string) => verb === '' || fits(verb, words) !== null;
  return [
    ...(meant(`${pend.text} ${palette.pendWords}`) ? [pend] : []),
    ...(meant(`${autoSolve.text} ${palette.autoSolveWords}`) ? [autoSolve] : []),
  ];
}

function stateItems(
  { page, finishing }: TicketHere,
  { commands, say, desk }: Hands,
  item: Make,
): PaletteItem[] {
  const { panel, keys, palette } = say.t;
  const { api, number, ticket } = page;
  const { state } = ticket;
  const attempt = (act: () => Promise<unknown>) => () => page.attempt('acts', act);
  const press = (command: 'reply' | 'note' | 'pend' | 'rename' | 'solveWithSummary') => ({
    command,
    run: () => commands.run(command),
  });
  const claim = item('claim', {
    ...{ id: 'claim', text: panel.claim, icon: 'person', command: 'claim' },
    run: () => page.attempt('acts', () => api.claim(number), ownedBy(desk.me.agent)),
  });
  const resume = item('resume', {
    ...{ id: 'resume', text: panel.resume, icon: 's-open' },
    run: attempt(() => api.resume(number)),
  });
  const reopen = item('reopen', {
    ...{ id: 'reopen', text: panel.reopen, icon: 'undo' },
    run: attempt(() => api.reopen(number)),
  });
  return [
    ...(ticket.owner === null ? [claim] : []),
    item('reply', { id: 'reply', text: keys.commands.reply, icon: 'compose', ...press('reply') }),
    item('note', { id: 'note', text: keys.commands.note, icon: 'lock', ...press('note') }),
    item('pend', { id: 'pend', text: panel.pend, icon: 's-pending', ...press('pend') }),
    item('solve', {
      ...{ id: 'solve', text: panel.solveNoSummary, icon: 's-solved', command: 'solve' },
      run: () => finishing.solve(false),
    }),
    item('solve', {
      ...{ id: 'solve-summary', text: panel.solveAndSummary, icon: 'mail' },
      ...press('solveWithSummary'),
    }),
    ...(state === 'pending' ? [resume] : []),
    ...(state === 'solved' ? [reopen, articleItem(commands, say)] : []),
    item('rename', {
      ...{ id: 'rename', text: say.t.ticket.rename, icon: 'pencil', words: palette.renameWords },
      ...press('rename'),
    }),
  ];
}

/** Not a command to the ticket, which stays as it is. */
function articleItem(commands: Commands, { t }: Speech): PaletteItem {
  return {
    ...{ id: 'make-article', group: 'ticket', icon: 'book', command: 'makeArticle' },
    text: t.learning.makeArticle,
    run: () => commands.run('makeArticle'),
  };
}

function ownerItems({ page }: TicketHere, { desk, say }: Hands, item: Make): PaletteItem[] {
  const { panel } = say.t;
  const { api, number } = page;
  const { owner } = page.ticket;
  const me = desk.me.agent;
  const takeOver = item('claim', {
    ...{ id: 'take-over', text: panel.takeOver, icon: 'person' },
    hint: owner === null ? '' : panel.itIs(owner.name),
    run: () => page.attempt('acts', () => api.claim(number, true)),
  });
  const release = item('release', {
    ...{ id: 'release', text: panel.release, icon: 'undo' },
    run: () => page.attempt('acts', () => api.release(number)),
  });
  return [
    ...(owner !== null && !desk.isMe(owner) ? [takeOver] : []),
    ...(owner === null ? [] : [release]),
    ...desk.agents
      .filter((agent) => agent.id !== owner?.id)
      .map((agent) =>
        item('assign', {
          id: `assign-${agent.id}`,
          text: agent.id === me.id ? panel.assignToMe : panel.assignTo(agent.name),
          icon: 'person',
          when: 'asked',
          run: () => page.attempt('acts', () => api.assign(number, agent.id), ownedBy(agent)),
        }),
      ),
  ];
}

function labelItems({ page }: TicketHere, { desk, say }: Hands, item: Make): PaletteItem[] {
  const { palette } = say.t;
  const { api, number } = page;
  const { labels } = page.ticket;
  const others = desk.labels.filter(({ name }) => !labels.includes(name));
  return [
    ...others.map(({ name }) =>
      item('label', {
        ...{ id: `label-${name}`, text: palette.label(name), icon: 'tag', when: 'asked' },
        run: () => page.attempt('acts', () => api.label(number, name), withLabel(name)),
      }),
    ),
    ...labels.map((name) =>
      item('unlabel', {
        ...{ id: `unlabel-${name}`, text: palette.unlabel(name), icon: 'x', when: 'asked' },
        run: () => page.attempt('acts', () => api.unlabel(number, name), withoutLabel(name)),
      }),
    ),
  ];
}

function peopleItems({ page }: TicketHere, { desk, say }: Hands, item: Make): PaletteItem[] {
  const { palette } = say.t;
  const { api, number } = page;
  const { participants, owner, team } = page.ticket;
  const taking = new Set([owner?.id, ...participants.map(({ id }) => id)]);
  return [
    ...desk.agents
      .filter(({ id }) => !taking.has(id))
      .map((agent) =>
        item('invite', {
          ...{ id: `invite-${agent.id}`, text: palette.invite(agent.name), icon: 'plus' },
          when: 'asked',
          run: () =>
            page.attempt('acts', () => api.invite(number, agent.id), withParticipant(agent)),
        }),
      ),
    ...participants.map((agent) =>
      item('uninvite', {
        ...{ id: `uninvite-${agent.id}`, text: palette.uninvite(agent.name), icon: 'x' },
        when: 'asked',
        run: () =>
          page.attempt('acts', () => api.uninvite(number, agent.id), withoutParticipant(agent.id)),
      }),
    ),
    ...desk.teams
      .filter(({ id }) => id !== team?.id)
      .map(({ id, name }) =>
        item('changeTeam', {
          ...{ id: `team-${id}`, text: palette.team(name), icon: 'people', when: 'asked' },
          run: () => page.attempt('acts', () => api.changeTeam(number, id)),
        }),
      ),
  ];
}
