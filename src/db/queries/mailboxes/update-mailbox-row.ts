import { assignmentsOf } from '@/db/columns'
import { type Mailbox, Prisma } from '@/db/generated/client'
import { executeIf, type Tx } from '@/db/sql'

type Kept =
  | 'id'
  | 'health'
  | 'healthReason'
  | 'coolDownUntil'
  | 'troubleCount'
  | 'nextSendAt'
  | 'firstStepsPausedUntil'
  | 'settingsVersion'
  | 'createdAt'
  | 'updatedAt'

/** Settings of a mailbox; those that are absent stay. A holiday is a local date, `YYYY-MM-DD`. */
export type MailboxPatch = {
  [Field in Exclude<keyof Mailbox, Kept | 'holidays'>]?: Mailbox[Field] | undefined
} & { holidays: readonly string[] }

/**
 * Writes the settings of a mailbox, counts the save, and lets its health begin anew. False when the mailbox is gone. No other
 * statement counts a save.
 */
export const saveMailboxRow = (tx: Tx, id: string, patch: MailboxPatch, at: Date): Promise<boolean> => {
  const fields = Object.entries(patch).map(([field, value]) => [
    field,
    value === undefined ? undefined : Prisma.sql`${value}`,
  ])
  return executeIf(tx)`
  UPDATE mailboxes
  SET ${Prisma.join(assignmentsOf(Object.fromEntries(fields)))}, settings_version = settings_version + 1, health = 'ready',
      health_reason = NULL, cool_down_until = NULL, trouble_count = 0, first_steps_paused_until = NULL, updated_at = ${at}
  WHERE id = ${id}::uuid`
}
