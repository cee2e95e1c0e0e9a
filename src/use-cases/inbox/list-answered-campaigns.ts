import { selectAnsweredCampaigns } from '@/db/queries/inbox/select-conversations'
import type { Deps } from '@/deps'

/** Campaigns by which conversations can be told apart, by name. */
export const listAnsweredCampaigns = ({ sql }: Pick<Deps, 'sql'>) => selectAnsweredCampaigns(sql)
