import {
  type Mark,
  selectCampaignMarks,
  selectImportsMark,
  selectInboxMark,
  selectMailboxesMark,
  selectMassActsMark,
  selectNotificationsMark,
} from '@/db/queries/progress/select-marks'
import type { Deps } from '@/deps'
import { campaignsOf, type Topic } from '@/domain/live/topic'

/**
 * A mark of each topic, which differs as soon as something has changed of what it shows. What is not there has none, and neither has
 * health, of which other rooms know.
 */
export async function readMarks({ sql }: Pick<Deps, 'sql'>, topics: readonly Topic[]): Promise<Map<string, string>> {
  const campaigns = campaignsOf(topics)
  const marks = await Promise.all([
    campaigns.length > 0 ? selectCampaignMarks(sql, campaigns) : [],
    topics.includes('imports') ? selectImportsMark(sql) : [],
    topics.includes('inbox') ? selectInboxMark(sql) : [],
    topics.includes('mailboxes') ? selectMailboxesMark(sql) : [],
    topics.includes('mass_acts') ? selectMassActsMark(sql) : [],
    topics.includes('notifications') ? selectNotificationsMark(sql) : [],
  ])
  return new Map(marks.flat().map(({ topic, mark }: Mark) => [topic, mark]))
}
