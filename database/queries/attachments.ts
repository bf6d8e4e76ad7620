import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

export interface Upload {
  id: string;
  agent: string;
  filename: string;
  contentType: string;
  bytes: number;
  hash: string;
}

export async function insertUpload(trx: CompanyTransaction, upload: Upload): Promise<void> {
  await trx('attachment').insert({
    company: trx.company,
    id: upload.id,
    agent: upload.agent,
    filename: upload.filename,
    content_type: upload.contentType,
    bytes: upload.bytes,
    hash: upload.hash,
  });
}

export interface StoredFile {
  filename: string;
  contentType: string;
  bytes: number;
  hash: string;
  /** What a virus scanner found in it, or that none has looked; null when all is well. */
  threat: string | null;
}

/** A file of this company; null when there is none of that id. */
export async function findAttachment(
  trx: CompanyTransaction,
  id: string,
): Promise<StoredFile | null> {
  const rows = await select<StoredFile>(
    trx,
    `select filename, content_type as "contentType", bytes, hash, threat
     from attachment where id = ?`,
    [id],
  );
  return rows[0] ?? null;
}

/** Forgets uploads that went with no mail; the bytes stay in the blob store. */
export async function forgetOldUploads(trx: CompanyTransaction, days: number): Promise<void> {
  await trx.raw(
    `delete from attachment a
     where a.message is null and a.canned_response is null
       and a.created_at < now() - make_interval(days => ?)
       and not exists (select from article_file f
         where f.company = a.company and f.attachment = a.id)
       and not exists (select from draft d
         where d.company = a.company and d.content->'attachments' @> to_jsonb(a.id))`,
    [days],
  );
}

/** Bytes that a company keeps beside a content: its raw mails, and each other content once. */
export async function readKeptBytes(trx: CompanyTransaction, beside: string): Promise<number> {
  const [row] = await select<{ bytes: number }>(
    trx,
    `select (select coalesce(sum(coalesce(kept_bytes, raw_bytes)), 0) from mail
          where company = ?)::float8
       + (select coalesce(sum(f.bytes), 0) from (select distinct on (hash) bytes from attachment
          where company = ? and hash <> ? order by hash) f)::float8 as bytes`,
    [trx.company, trx.company, beside],
  );
  return row?.bytes ?? 0;
}
