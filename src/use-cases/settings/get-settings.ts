import type { Settings } from '@/db/generated/client'
import { selectSettings } from '@/db/queries/settings/select-settings'
import { updateSettingsRow } from '@/db/queries/settings/update-settings-row'
import { withSendingBlocked } from '@/db/send-gate'
import type { Sql } from '@/db/sql'
import type { Deps } from '@/deps'
import type { SettingsInput } from '@/domain/settings'

export type SettingsView = Omit<Settings, 'id'>

/** Installation-wide settings; the migration made their one row. */
export async function getSettings({ sql }: { sql: Sql }): Promise<SettingsView> {
  const { id: _id, ...settings } = await selectSettings(sql)
  return settings
}

/** Saves the settings that are given. No email made with the old ones leaves once this has committed. */
export async function updateSettings(deps: Deps, patch: SettingsInput): Promise<SettingsView> {
  await withSendingBlocked(deps.sql, (tx) => updateSettingsRow(tx, patch, deps.clock.now()))
  return getSettings(deps)
}
