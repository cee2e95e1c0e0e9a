import { execute, query, type Sql } from '@/db/sql'

/** An email whose server's answer may name an id of its own. */
export type AnsweredEmail = { id: string; messageId: string; response: string; host: string }

/** Emails after `after` in the order of their ids, with the server's answer and the host that gave it. */
export const selectAnsweredEmails = (sql: Sql, { after, limit }: { after: string; limit: number }) =>
  query<AnsweredEmail>(sql)`
  SELECT e.id, e.message_id AS "messageId", e.response, COALESCE(m.smtp_host, '') AS host
  FROM emails e JOIN mailboxes m ON m.id = e.mailbox_id
  WHERE e.id > ${after}::uuid AND e.provider_message_id IS NULL AND e.response IS NOT NULL
  ORDER BY e.id LIMIT ${limit}`

/** Writes the ids where none is known. Returns how many. */
export const writeProviderIds = (sql: Sql, rows: readonly { id: string; providerId: string }[]) =>
  execute(sql)`
  UPDATE emails e SET provider_message_id = r.provider_id
  FROM unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ providerId }) => providerId)}::text[]) AS r(id, provider_id)
  WHERE e.id = r.id AND e.provider_message_id IS NULL`
