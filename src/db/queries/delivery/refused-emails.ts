import { execute, query, type Sql } from '@/db/sql'
import type { RefusedEmail } from '@/domain/delivery/refusal-streak'

/** What the mailbox's server has refused or put off since it last accepted. */
export const selectRefusedEmails = (sql: Sql, mailboxId: string) =>
  query<RefusedEmail>(sql)`
  SELECT scheduled_email_id AS "scheduledEmailId", claim, lead_id AS "leadId", domain, words, put_backs AS "putBacks",
         others_passed AS "othersPassed"
  FROM mailbox_refusals WHERE mailbox_id = ${mailboxId}::uuid
  ORDER BY scheduled_email_id`

/** Stores the emails that were added or changed, and takes out those that are gone. Emails deleted meanwhile stay away. */
export const saveRefusedEmails = (
  sql: Sql,
  { mailboxId, changed, gone }: { mailboxId: string; changed: readonly RefusedEmail[]; gone: readonly string[] },
) =>
  execute(sql)`
  WITH taken_out AS (
    DELETE FROM mailbox_refusals
    WHERE mailbox_id = ${mailboxId}::uuid AND scheduled_email_id = ANY(${[...gone]}::uuid[])
  )
  INSERT INTO mailbox_refusals (mailbox_id, scheduled_email_id, claim, lead_id, domain, words, put_backs, others_passed)
  SELECT ${mailboxId}::uuid, r.* FROM unnest(
    ${changed.map((r) => r.scheduledEmailId)}::uuid[], ${changed.map((r) => r.claim)}::int[],
    ${changed.map((r) => r.leadId)}::uuid[], ${changed.map((r) => r.domain)}::text[],
    ${changed.map((r) => r.words)}::text[], ${changed.map((r) => r.putBacks)}::int[],
    ${changed.map((r) => r.othersPassed)}::bool[]
  ) AS r(id, claim, lead_id, domain, words, put_backs, others_passed)
  WHERE EXISTS (SELECT FROM scheduled_emails se WHERE se.id = r.id)
  ON CONFLICT (mailbox_id, scheduled_email_id) DO UPDATE
  SET claim = EXCLUDED.claim, words = EXCLUDED.words, put_backs = EXCLUDED.put_backs, others_passed = EXCLUDED.others_passed`
