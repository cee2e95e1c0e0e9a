import { insertEvent } from '@/db/queries/campaigns/insert-event'
import { correctContactsAhead, freeMailboxesAhead, recallPutOffAhead } from '@/db/queries/delivery/correct-times-ahead'
import type { Deps } from '@/deps'
import { counted } from '@/domain/counted'

/**
 * Puts right what a clock that was ahead has left behind: mailboxes whose pace waits for that time, leads that were emailed
 * in the future, and emails that were put off because of either. Each is told in the activity of the campaigns it held up.
 */
export async function clearTimesAhead({ db, sql, clock, log }: Deps): Promise<void> {
  const at = clock.now()
  const mailboxes = await freeMailboxesAhead(sql, at)
  const campaigns = await correctContactsAhead(sql, at)
  const recalled = await recallPutOffAhead(sql, at)
  if (mailboxes.length + campaigns.length + recalled === 0) return
  log.warn({ mailboxes, campaigns, recalled }, 'the clock was ahead: times after it were corrected')
  const tell = (campaignId: string, message: string) =>
    insertEvent(sql, { campaignId, at, kind: 'clock_corrected', actor: null, message })
  for (const { id, fromEmail, until } of mailboxes) {
    const held = await db.campaignMailbox.findMany({ where: { mailboxId: id, campaign: { status: 'running' } } })
    const message = `The clock was ahead until ${until.toISOString()}: ${fromEmail} does not wait for that time any more`
    for (const { campaignId } of held) await tell(campaignId, message)
  }
  for (const { campaignId, leads, until } of campaigns) {
    const those = `${counted(leads, 'lead')} with a last email as late as ${until.toISOString()}`
    await tell(campaignId, `The clock was ahead: ${those} ${leads === 1 ? 'counts' : 'count'} as emailed just now`)
  }
}
