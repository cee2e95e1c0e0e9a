import type { Deps } from '@/deps'
import { timezone as timezoneSchema } from '@/domain/time/timezone-input'

/**
 * Sets the zone in which the installation begins: that of its settings, and of the mailbox that came with it. Nothing
 * happens where it is no zone: an account is not refused for it.
 */
export async function setHomeTimezone(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { timezone }: { timezone: unknown },
): Promise<void> {
  const zone = timezoneSchema.safeParse(timezone)
  if (!zone.success) return
  const updatedAt = clock.now()
  await db.settings.update({ where: { id: 1 }, data: { defaultTimezone: zone.data, updatedAt } })
  await db.mailbox.updateMany({ where: { kind: 'environment' }, data: { timezone: zone.data, updatedAt } })
}
