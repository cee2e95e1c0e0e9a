import { assignmentsOf } from '@/db/columns'
import { Prisma } from '@/db/generated/client'
import { execute, type Tx } from '@/db/sql'
import type { RetentionInput } from '@/domain/retention-input'
import type { SettingsInput } from '@/domain/settings'

type SettingsPatch = Omit<SettingsInput, 'checklistDismissed'> & RetentionInput & { checklistDismissedAt?: Date | null }

/** Writes the settings that are given; the others stay. */
export const updateSettingsRow = (tx: Tx, patch: SettingsPatch, at: Date) => {
  const fields = Object.entries(patch).map(([field, value]) => [
    field,
    value === undefined ? undefined : Prisma.sql`${value}`,
  ])
  return execute(tx)`
  UPDATE settings SET ${Prisma.join([...assignmentsOf(Object.fromEntries(fields)), Prisma.sql`updated_at = ${at}`])}
  WHERE id = 1`
}
