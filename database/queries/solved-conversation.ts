import { LETTER_CHARS_MAX } from '../../domain/learning/article-draft.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

/** A mail of a conversation with what its writer said anew, and who took part in it. */
export interface SaidMail {
  direction: 'in' | 'out';
  /** Its first letters, as many as an article may have of it. */
  text: string;
  fromName: string;
  addresses: string[];
}

/** What an article may be made of, with everybody whose traces it must not have. */
export interface ConversationToLearn {
  subject: string;
  mails: SaidMail[];
  /** Names of the customer and of all agents. */
  names: string[];
  /** Theirs; the mailboxes' own are not among them. */
  addresses: string[];
  mailboxes: string[];
  /** The newest article that was made of it already. */
  article: string | null;
}

/** An article has the matter of a few mails; of a long conversation these are the first ones. */
const MAILS_MAX = 100;

/** A subject takes a line; what is longer is no title. */
const SUBJECT_CHARS_MAX = 500;

/** Null when this company has no such ticket. */
export async function readConversationToLearn(
  trx: CompanyTransaction,
  ticket: number,
): Promise<ConversationToLearn | null> {
  const [found] = await select<Omit<ConversationToLearn, 'mails'>>(
    trx,
    `select left(t.subject, ?) as subject,
       array(select c.name from customer c
         where c.company = t.company and c.id = t.customer
         union select a.name from agent a where a.company = t.company) as names,
       array(select c.email from customer c
         where c.company = t.company and c.id = t.customer
         union select d.address from customer_address d
         where d.company = t.company and d.customer = t.customer
         union select a.email from agent a where a.company = t.company) as addresses,
       array(select b.address from mailbox b where b.company = t.company) as mailboxes,
       (select k.id from article k where k.company = t.company and k.from_ticket = t.number
         order by k.created_at desc, k.id limit 1) as article
     from ticket t where t.company = ? and t.number = ?`,
    [SUBJECT_CHARS_MAX, trx.company, ticket],
  );
  if (!found) return null;
  const mails = await select<SaidMail>(
    trx,
    `select m.direction, left(coalesce(nullif(m.reply_text, ''), m.text), ?) as text,
       m.from_name as "fromName", m.from_address || m.recipients || m.cc as addresses
     from message m
     left join message_delivery d on d.company = m.company and d.message = m.id
     where m.company = ? and m.ticket = ? and not m.automatic
       and (m.direction = 'in' or m.kind in ('reply', 'compose')
         and d.state in ('sending', 'deferred', 'sent', 'uncertain'))
     order by m.at, m.id limit ?`,
    [LETTER_CHARS_MAX, trx.company, ticket, MAILS_MAX],
  );
  return { ...found, mails };
}
