import { Prisma } from '@/db/generated/client'
import { execute, queryOne, type Sql } from '@/db/sql'
import type { Act, ActOutcome } from '@/domain/audit/acts'
import type { SubjectKind } from '@/domain/audit/recorded'

export type NewEntry = {
  at: Date
  act: Act
  outcome: ActOutcome
  actorId: string | null
  actorName: string | null
  /** Said by the call itself; else the name of the row is looked up. */
  subject: string | null
  subjectId: string | null
  kind: SubjectKind | null
  ipAddress: string | null
  userAgent: string | null
  details: Readonly<Record<string, string | number | boolean>>
}

// An act on many leads has no name: what it did, to how many, and when it began.
const nameOfMassAct = (id: string | null) => Prisma.sql`(
  SELECT CASE kind WHEN 'status' THEN 'status ' || (choice ->> 'status') WHEN 'suppress' THEN 'suppression' WHEN 'delete' THEN 'deletion'
      WHEN 'undo' THEN 'undo' ELSE CASE kind WHEN 'leave' THEN 'out of batch ' ELSE 'batch ' END
        || COALESCE((SELECT name FROM lead_batches WHERE id::text = choice ->> 'batchId'), 'that is gone') END
    || ', ' || total || CASE total WHEN 1 THEN ' lead' ELSE ' leads' END
    || ', begun ' || to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC'
  FROM mass_acts WHERE id::text = ${id})`

// A batch by which leads were found, by its name instead of its id.
const withNames = (details: NewEntry['details']) => Prisma.sql`
  ${JSON.stringify(details)}::jsonb || COALESCE((
    SELECT jsonb_build_object('inBatch', name) FROM lead_batches WHERE id::text = ${String(details.inBatch ?? '')}), '{}')`

/** Writes an entry, with the name that what it is about has now: afterwards it may be gone. */
export const putEntry = (sql: Sql, entry: NewEntry) =>
  queryOne<{ id: string }>(sql)`
  INSERT INTO audit_entries (at, act, outcome, actor_id, actor_name, subject, subject_id, ip_address, user_agent, details)
  SELECT ${entry.at}, ${entry.act}, ${entry.outcome}, ${entry.actorId}, ${entry.actorName},
    COALESCE(${entry.subject}, CASE ${entry.kind}
      WHEN 'campaign' THEN (SELECT name FROM campaigns WHERE id::text = ${entry.subjectId})
      WHEN 'mailbox' THEN (SELECT from_email FROM mailboxes WHERE id::text = ${entry.subjectId})
      WHEN 'batch' THEN (SELECT name FROM lead_batches WHERE id::text = ${entry.subjectId})
      WHEN 'import' THEN (SELECT file_name FROM lead_imports WHERE id::text = ${entry.subjectId})
      WHEN 'template' THEN (SELECT name FROM email_templates WHERE id::text = ${entry.subjectId})
      WHEN 'workflow' THEN (SELECT name FROM workflows WHERE id::text = ${entry.subjectId})
      WHEN 'person' THEN (SELECT name FROM users WHERE id = ${entry.subjectId})
      WHEN 'invitation' THEN (SELECT email FROM invitations WHERE id::text = ${entry.subjectId})
      WHEN 'suppression' THEN (SELECT value FROM suppressions WHERE id::text = ${entry.subjectId})
      WHEN 'mass_act' THEN ${nameOfMassAct(entry.subjectId)} END),
    ${entry.subjectId}, ${entry.ipAddress}, ${entry.userAgent}, ${withNames(entry.details)}
  RETURNING id`

/** Says how an act that had begun has ended. */
export const completeEntry = (sql: Sql, { id, outcome }: { id: string; outcome: ActOutcome }) =>
  execute(sql)`UPDATE audit_entries SET outcome = ${outcome} WHERE id = ${id}::uuid AND outcome = 'begun'`
