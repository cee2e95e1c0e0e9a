import { assignmentsOf } from '@/db/columns'
import { type Mailbox, Prisma } from '@/db/generated/client'
import { executeIf, type Tx } from '@/db/sql'

type Kept =
  | 'id'
  | 'health'
  | 'healthReason'
  | 'coolDownUntil'
  | 'troubleCount'
  | 'connectionLimit'
  | 'connectionLimitAt'
  | 'connectionLimitCause'
  | 'nextSendAt'
  | 'firstStepsPausedUntil'
  | 'settingsVersion'
  | 'createdAt'
  | 'updatedAt'

/** Settings of a mailbox; those that are absent stay. Dates are local, `YYYY-MM-DD`. */
export type MailboxPatch = {
  [Field in Exclude<keyof Mailbox, Kept | 'holidays' | 'rampFrom'>]?: Mailbox[Field] | undefined
} & { holidays: readonly string[]; rampFrom?: string | null | undefined }

/**
 * Writes the settings of a mailbox, counts the save, lets its health and connections begin anew, and lets its next email wait no longer than
 * the saved pace asks (null: none). False when the mailbox is gone. No other statement counts a save.
 */
export const saveMailboxRow = (
  tx: Tx,
  {
    mailboxId,
    patch,
    latestNextSendAt,
    at,
  }: { mailboxId: string; patch: MailboxPatch; latestNextSendAt: Date | null; at: Date },
): Promise<boolean> => {
  const fields = Object.entries(patch).map(([field, value]) => [
    field,
    value === undefined ? undefined : Prisma.sql`${value}`,
  ])
  return executeIf(tx)`
  UPDATE mailboxes
  SET ${Prisma.join(assignmentsOf(Object.fromEntries(fields)))}, settings_version = settings_version + 1, health = 'ready',
      health_reason = NULL, cool_down_until = NULL, trouble_count = 0, first_steps_paused_until = NULL,
      connection_limit = NULL, connection_limit_at = NULL, connection_limit_cause = NULL,
      next_send_at = CASE WHEN next_send_at > COALESCE(${latestNextSendAt}::timestamptz, ${at}) THEN ${latestNextSendAt} ELSE next_send_at END,
      updated_at = ${at}
  WHERE id = ${mailboxId}::uuid`
}
