import { selectSettings } from '@/db/queries/settings/select-settings'
import type { Deps } from '@/deps'

/** The company that recipients know as the sender, as the settings have it; null where they do not say. */
export const getSenderName = async ({ sql }: Deps): Promise<string | null> =>
  (await selectSettings(sql)).companyName.trim() || null
