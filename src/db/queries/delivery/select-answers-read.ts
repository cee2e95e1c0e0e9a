import { queryOne, type Sql } from '@/db/sql'

/** When the answers of a mailbox were last read, real time, and how many minutes that counts; null where nothing reads it. */
export const selectAnswersRead = (sql: Sql, mailboxId: string) =>
  queryOne<{ answersReadAt: Date | null; freshReadMinutes: number }>(sql)`
  SELECT reader.last_read_at AS "answersReadAt", st.fresh_read_minutes AS "freshReadMinutes"
  FROM mailbox_readers reader CROSS JOIN settings st WHERE reader.mailbox_id = ${mailboxId}::uuid`
