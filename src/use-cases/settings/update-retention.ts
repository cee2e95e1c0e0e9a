import { lockSettings } from '@/db/queries/settings/campaigns-in-need'
import { updateSettingsRow } from '@/db/queries/settings/update-settings-row'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import type { RetentionInput } from '@/domain/retention-input'
import { getSettings, type SettingsView } from './get-settings'

/** Saves for how many days things are kept. What is older goes by and by, from the next tick on; longer days bring nothing back. */
export async function updateRetention(deps: Pick<Deps, 'sql' | 'clock'>, input: RetentionInput): Promise<SettingsView> {
  await transaction(deps.sql, async (tx) => {
    await lockSettings(tx)
    await updateSettingsRow(tx, input, deps.clock.now())
  })
  return getSettings(deps)
}
