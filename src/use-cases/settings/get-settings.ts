import type { Settings } from '@/db/generated/client'
import { selectSettings } from '@/db/queries/settings/select-settings'
import type { Sql } from '@/db/sql'

export type SettingsView = Omit<Settings, 'id'>

/** Installation-wide settings; the migration made their one row. */
export async function getSettings({ sql }: { sql: Sql }): Promise<SettingsView> {
  const { id: _id, ...settings } = await selectSettings(sql)
  return settings
}
