import { execute, executeIf, query, type Sql, type Tx } from '@/db/sql'
import { type Check, type CheckName, RECORD_NAMES, type RecordName } from '@/domain/mailbox/mailbox-checks'

/** Stores what came of a check, in place of what came of it before; false when the settings were saved since. */
export const storeCheckIf = (
  sql: Sql,
  { mailboxId, settingsVersion, at, check }: { mailboxId: string; settingsVersion: number; at: Date; check: Check },
) =>
  executeIf(sql)`
  INSERT INTO mailbox_checks (mailbox_id, name, outcome, message, details, checked_at)
  SELECT id, ${check.name}, ${check.outcome}, ${check.message}, ${check.details && JSON.stringify(check.details)}::jsonb, ${at}
  FROM mailboxes WHERE id = ${mailboxId}::uuid AND settings_version = ${settingsVersion} FOR UPDATE
  ON CONFLICT (mailbox_id, name) DO UPDATE
  SET outcome = EXCLUDED.outcome, message = EXCLUDED.message, details = EXCLUDED.details, checked_at = EXCLUDED.checked_at`

/** Forgets checks that say nothing any more. */
export const deleteChecks = (tx: Tx, mailboxId: string, names: readonly CheckName[]) =>
  execute(tx)`DELETE FROM mailbox_checks WHERE mailbox_id = ${mailboxId}::uuid AND name = ANY(${names})`

/** Keeps what a round trip showed of the provider, unless the settings were saved since; null leaves what is known. */
export const storeProviderHabitsIf = (
  sql: Sql,
  habits: { mailboxId: string; settingsVersion: number; filesSent: boolean | null; rewritesMessageId: boolean | null },
) =>
  executeIf(sql)`
  UPDATE mailbox_readers
  SET files_sent = COALESCE(${habits.filesSent}::boolean, files_sent),
      rewrites_message_id = COALESCE(${habits.rewritesMessageId}::boolean, rewrites_message_id)
  WHERE mailbox_id = ${habits.mailboxId}::uuid AND settings_version = ${habits.settingsVersion}`

/** Lets a mailbox that had stopped for this reason send again, unless its settings were saved since. */
export const resumeMailboxIf = (
  sql: Sql,
  { mailboxId, settingsVersion, reason }: { mailboxId: string; settingsVersion: number; reason: string },
) =>
  executeIf(sql)`
  UPDATE mailboxes SET health = 'ready', health_reason = NULL, cool_down_until = NULL, trouble_count = 0
  WHERE id = ${mailboxId}::uuid AND settings_version = ${settingsVersion} AND health = 'stopped' AND health_reason = ${reason}`

/** Lets a reader that had stopped read again, unless its settings were saved since. */
export const resumeReaderIf = (
  sql: Sql,
  { mailboxId, settingsVersion, at }: { mailboxId: string; settingsVersion: number; at: Date },
) =>
  executeIf(sql)`
  UPDATE mailbox_readers
  SET health = 'ready', health_reason = NULL, trouble_count = 0, next_read_at = NULL, updated_at = ${at}
  WHERE mailbox_id = ${mailboxId}::uuid AND settings_version = ${settingsVersion} AND health = 'stopped'`

/** Records that were found wrong or missing, by the address of their mailbox, in the order in which they are shown. */
export const selectUnfitRecords = (sql: Sql, mailboxIds: readonly string[]) =>
  query<{ address: string; records: RecordName[] }>(sql)`
  SELECT m.from_email AS address, array_agg(c.name ORDER BY array_position(${[...RECORD_NAMES]}::text[], c.name)) AS records
  FROM mailbox_checks c JOIN mailboxes m ON m.id = c.mailbox_id
  WHERE m.id = ANY(${mailboxIds}::uuid[]) AND c.name = ANY(${[...RECORD_NAMES]}) AND c.outcome IN ('wrong', 'missing')
  GROUP BY m.id ORDER BY m.created_at, m.id`
