import type { TimelineMessage } from '../../database/queries/timeline-content.ts';
import type { TimelineRow } from '../../database/queries/timeline.ts';
import { messageKinds } from '../../domain/ticket/ticket.ts';
import type { MessageEntry } from '../schemas/timeline.ts';
import { describeActor } from './event-entry.ts';
import type { Names } from './event-entry.ts';

/** A mail where it came in or was first queued, with where its sending stands now. */
export function describeMessage(
  row: TimelineRow,
  message: TimelineMessage,
  names: Names,
): MessageEntry {
  const { fromName, fromAddress, recipients, response, bounceReason, authentication } = message;
  const state = stateOf(message);
  const said = bounceReason ?? response;
  return {
    id: String(row.seq),
    kind: 'message',
    at: row.at,
    by: writerOf(row, message, names),
    message: message.id,
    ticket: message.ticket,
    messageKind: messageKinds.find((kind) => kind === message.kind) ?? 'customer',
    mail: message.mail,
    direction: message.direction,
    state,
    sentAt: state === 'sent' ? message.stateAt : null,
    sendAt: message.leaveAt,
    nextTryAt: message.nextTryAt,
    refused: message.refused,
    reason: said === '' || state === 'sent' ? null : said,
    from: { name: fromName, email: fromAddress },
    to: recipients,
    cc: message.cc,
    bcc: message.bcc,
    subject: message.subject,
    text: message.text,
    replyText: message.replyText,
    quotedText: message.quotedText,
    html: message.html,
    attachments: message.attachments,
    messageId: message.messageId,
    automatic: message.automatic,
    authentication,
    stranger: message.stranger,
    forwardedBy: message.forwardedBy,
    warning: message.warning,
    remoteImages: message.remoteImages,
    exchange: message.exchange,
  };
}

function stateOf({ direction, state, mail, exchange }: TimelineMessage): MessageEntry['state'] {
  if (direction === 'in') return 'received';
  switch (state) {
    case 'waiting':
      return 'scheduled';
    case 'deferred':
      return 'sending';
    case 'sending':
    case 'sent':
    case 'failed':
    case 'uncertain':
    case 'bounced':
      return state;
    default:
      // One of ours that an archive brought left long ago; on a page it was read at once.
      return mail === null && !exchange ? 'draft' : 'sent';
  }
}

/** What the desk writes is nobody's, whoever's command made it write. */
function writerOf(row: TimelineRow, message: TimelineMessage, names: Names): MessageEntry['by'] {
  if (message.direction === 'in') return { kind: 'customer', name: message.fromName };
  if (row.data.type === 'queued' && row.data.writer !== null) {
    return describeActor({ kind: 'agent', id: row.data.writer }, names);
  }
  return { kind: message.kind === 'assistant' ? 'assistant' : 'desk' };
}
