import { setPlannedStart } from '@/db/queries/campaigns/campaign-row'
import { insertEvent } from '@/db/queries/campaigns/insert-event'
import { moveCampaignIf } from '@/db/queries/campaigns/move-campaign'
import {
  dropNotificationEmails,
  endSessions,
  holdEmailsInDoubt,
  holdRepliesInDoubt,
  insertRestore,
  selectCampaignsToPause,
  selectCampaignTime,
} from '@/db/queries/maintenance/pause-restored'
import type { Tx } from '@/db/sql'
import { mayHaveLeft, mayHaveTold, restoredReason } from '@/domain/backup/restored'
import { heldInWords } from '@/domain/delivery/held'

/** What waits for a person after a restore. */
export type Paused = { campaignsPaused: number; startsTakenBack: number; emailsHeld: number; repliesHeld: number }

/**
 * Leaves nothing that sends or buys by itself: what has happened since the backup is unknown. Campaigns that run are paused, and with them
 * their runs; planned starts are taken back. Emails and replies that may have left since are held, since none is ever sent twice.
 */
export async function pauseRestored(tx: Tx, { takenAt, at }: { takenAt: Date; at: Date }): Promise<Paused> {
  const reason = mayHaveLeft(takenAt)
  const campaigns = await selectCampaignsToPause(tx)
  const { now = at } = (await selectCampaignTime(tx, { takenAt, at })) ?? {}
  const held = await holdEmailsInDoubt(tx, { reason, at, now })
  for (const { id, status } of campaigns) {
    const why = restoredReason(takenAt)
    const running = status === 'running'
    await moveCampaignIf(tx, {
      ...{ id, at, actor: null, from: [status], reason: why },
      ...(running
        ? { to: 'paused', kind: 'paused', message: `Paused: ${why}` }
        : { to: 'draft', kind: 'scheduled', message: `Start taken back: ${why}. It may have begun since` }),
    })
    if (!running) await setPlannedStart(tx, { campaignId: id, startAt: null })
  }
  for (const { campaignId, emails } of held) {
    const message = `${heldInWords(emails)}. ${reason}`
    await insertEvent(tx, { campaignId, at, kind: 'held', actor: null, message, details: { emails } })
  }
  const repliesHeld = await holdRepliesInDoubt(tx, { reason, at })
  await dropNotificationEmails(tx, { reason: mayHaveTold(takenAt) })
  await endSessions(tx, at)
  await insertRestore(tx, { takenAt, at })
  const campaignsPaused = campaigns.filter(({ status }) => status === 'running').length
  return {
    campaignsPaused,
    startsTakenBack: campaigns.length - campaignsPaused,
    emailsHeld: held.reduce((sum, { emails }) => sum + emails, 0),
    repliesHeld,
  }
}
