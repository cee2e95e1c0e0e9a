import type { Settings } from '@/db/generated/client'
import type { Deps } from '@/deps'
import type { SettingsInput } from '@/domain/settings'

export type SettingsView = Omit<Settings, 'id'>

/** Installation-wide settings; the migration made their one row. */
export async function getSettings({ db }: Pick<Deps, 'db'>): Promise<SettingsView> {
  const { id: _id, ...settings } = await db.settings.findUniqueOrThrow({ where: { id: 1 } })
  return settings
}

/** Saves what is given. */
export async function updateSettings(deps: Deps, patch: SettingsInput): Promise<SettingsView> {
  await deps.db.settings.update({ where: { id: 1 }, data: { ...patch, updatedAt: deps.clock.now() } })
  return getSettings(deps)
}
