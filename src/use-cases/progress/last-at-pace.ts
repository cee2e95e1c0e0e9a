import type { Mailbox } from '@/db/generated/client'
import { selectPlannedTimes } from '@/db/queries/campaigns/select-planned-by-day'
import type { Deps } from '@/deps'
import { toDailyLimit } from '@/domain/campaign/mailbox-limit'
import { toWindow } from '@/domain/campaign/sending-mailboxes'
import { leaveTimes } from '@/domain/campaign/slots'
import type { CampaignStatus } from '@/domain/campaign/state'
import { isPaced, meanGapMs } from '@/domain/delivery/pace'
import { localDate } from '@/domain/time/local-time'
import { countSentToday } from '@/use-cases/mailboxes/count-sent-today'

type Asked = { campaign: { id: string; status: CampaignStatus }; mailboxes: readonly Mailbox[]; now: Date }

/**
 * When the campaign's last planned email leaves of those whose mailbox keeps a gap: after what other campaigns have
 * planned from it, each gap at its usual length, in the window and under the limit. Null without any.
 */
export async function lastAtPace(
  { db, sql }: Pick<Deps, 'db' | 'sql'>,
  { campaign, mailboxes, now }: Asked,
): Promise<Date | null> {
  const ends = await Promise.all(
    mailboxes.filter(isPaced).map(async (mailbox): Promise<Date[]> => {
      const { id: mailboxId, nextSendAt } = mailbox
      // What waits in a campaign that does not run is not in the way of one that does.
      const statuses: CampaignStatus[] = ['running', campaign.status]
      const rows = await selectPlannedTimes(sql, { mailboxId, statuses, now })
      const due = rows.flatMap(({ at, campaignId, emails }) =>
        Array.from({ length: emails }, () => ({ at, own: campaignId === campaign.id })),
      )
      const outflow = { window: toWindow(mailbox), gapMs: meanGapMs(mailbox), dailyLimit: toDailyLimit(mailbox) }
      const leaving = leaveTimes(
        due.map(({ at }) => at),
        outflow,
        {
          from: nextSendAt,
          sent: new Map([[localDate(now, mailbox.timezone), await countSentToday({ db }, mailbox, now)]]),
        },
      )
      const last = due.findLastIndex(({ own }) => own)
      return leaving.slice(last, last + 1)
    }),
  )
  return ends.flat().reduce<Date | null>((latest, end) => (latest && latest > end ? latest : end), null)
}
