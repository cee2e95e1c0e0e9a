import { execute, query, type Sql } from '@/db/sql'
import type { Culprit, RefusedEmail } from '@/domain/delivery/refused-alike'
import type { RefusedAttempt } from './give-back-refused'

/** What the mailbox's server has refused or put off since it last accepted. */
export const selectRefusedEmails = (sql: Sql, mailboxId: string) =>
  query<RefusedEmail>(sql)`
  SELECT r.scheduled_email_id AS "scheduledEmailId", r.claim, r.lead_id AS "leadId", se.campaign_id AS "campaignId", r.domain,
         r.suspect, r.words, r.put_backs AS "putBacks", r.others_passed AS "othersPassed", r.returned
  FROM mailbox_refusals r JOIN scheduled_emails se ON se.id = r.scheduled_email_id
  WHERE r.mailbox_id = ${mailboxId}::uuid
  ORDER BY r.scheduled_email_id`

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
  INSERT INTO mailbox_refusals (mailbox_id, scheduled_email_id, claim, lead_id, domain, suspect, words, put_backs, others_passed,
                                returned)
  SELECT ${mailboxId}::uuid, r.* FROM unnest(
    ${changed.map((r) => r.scheduledEmailId)}::uuid[], ${changed.map((r) => r.claim)}::int[],
    ${changed.map((r) => r.leadId)}::uuid[], ${changed.map((r) => r.domain)}::text[],
    ${changed.map((r) => r.suspect)}::text[], ${changed.map((r) => r.words)}::text[],
    ${changed.map((r) => r.putBacks)}::int[], ${changed.map((r) => r.othersPassed)}::bool[],
    ${changed.map((r) => r.returned)}::bool[]
  ) AS r(id, claim, lead_id, domain, suspect, words, put_backs, others_passed, returned)
  WHERE EXISTS (SELECT FROM scheduled_emails se WHERE se.id = r.id)
  ON CONFLICT (mailbox_id, scheduled_email_id) DO UPDATE
  SET claim = EXCLUDED.claim, suspect = EXCLUDED.suspect, words = EXCLUDED.words, put_backs = EXCLUDED.put_backs,
      others_passed = EXCLUDED.others_passed, returned = EXCLUDED.returned`

/** Emails of a campaign that the servers of other mailboxes have refused in the same way. */
export const selectRefusedElsewhere = (
  sql: Sql,
  { mailboxId, culprit: { suspect, words, campaignId } }: { mailboxId: string; culprit: Culprit },
) =>
  query<RefusedAttempt>(sql)`
  SELECT r.scheduled_email_id AS "scheduledEmailId", r.claim, r.suspect
  FROM mailbox_refusals r JOIN scheduled_emails se ON se.id = r.scheduled_email_id
  WHERE se.campaign_id = ${campaignId}::uuid AND r.mailbox_id <> ${mailboxId}::uuid
    AND r.suspect = ${suspect} AND r.words = ${words} AND NOT r.returned
  ORDER BY r.scheduled_email_id`

/** Forgets refusals by other mailboxes' servers, of the same attempts. */
export const forgetRefusedElsewhere = (sql: Sql, mailboxId: string, emails: readonly RefusedAttempt[]) =>
  execute(sql)`
  DELETE FROM mailbox_refusals r
  USING unnest(${emails.map((e) => e.scheduledEmailId)}::uuid[], ${emails.map((e) => e.claim)}::int[]) AS gone(id, claim)
  WHERE r.scheduled_email_id = gone.id AND r.claim = gone.claim AND r.mailbox_id <> ${mailboxId}::uuid`
