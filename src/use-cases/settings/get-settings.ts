import type { Settings } from '@/db/generated/client'
import { selectSettings } from '@/db/queries/settings/select-settings'
import type { Sql } from '@/db/sql'
import type { Deps } from '@/deps'
import type { SettingsInput } from '@/domain/settings'

export type SettingsView = Omit<Settings, 'id'>

/** Installation-wide settings; the migration made their one row. */
export async function getSettings({ sql }: { sql: Sql }): Promise<SettingsView> {
  const { id: _id, ...settings } = await selectSettings(sql)
  return settings
}

/** Saves the settings that are given. */
export async function updateSettings(deps: Deps, patch: SettingsInput): Promise<SettingsView> {
  await deps.db.settings.update({ where: { id: 1 }, data: { ...patch, updatedAt: deps.clock.now() } })
  return getSettings(deps)
}
