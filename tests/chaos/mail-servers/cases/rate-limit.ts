import { setTimeout as sleep } from 'node:timers/promises'
import { startChaosCampaign } from '../../support/campaign'
import { atLeast, exactly } from '../../support/report'
import { eachArrivesOnce, type MailServerCase, mailboxAt } from '../case'

const AT_ONCE = 10
// Postfix counts by the second, and from the first email of a span.
const SPAN_SECONDS = 1
const MOST_ROUNDS = 200

/** Some leave, the next one is too much for now (`450 4.7.1 Error: too much mail`), and so on. */
export const rateLimit: MailServerCase = {
  name: 'rate limit',
  title: 'a server that takes ten emails at a time: after each ten the mailbox cools down anew, never for longer',
  services: () => ({ rate: { smtpd_client_message_rate_limit: String(AT_ONCE) } }),
  play: async (stage, { leads }) => {
    const { db } = stage.deps
    const { planned, mailboxIds } = await startChaosCampaign(stage.deps, {
      leads,
      mailbox: mailboxAt(stage, 'rate', { maxConnections: 1 }),
    })
    const [id = ''] = mailboxIds
    let coolDowns = 0
    let inARow = 0
    for (let round = 0; round < MOST_ROUNDS; round++) {
      await stage.work()
      const { health, coolDownUntil, troubleCount } = await db.mailbox.findUniqueOrThrow({ where: { id } })
      const next = await db.scheduledEmail.findFirst({ where: { status: 'pending' }, orderBy: { scheduledFor: 'asc' } })
      if (!next) break
      if (health === 'cooling_down') coolDowns++
      inARow = Math.max(inARow, troubleCount)
      stage.clock.set(new Date(Math.max(next.scheduledFor.getTime(), coolDownUntil?.getTime() ?? 0)))
      await sleep(2_000 * SPAN_SECONDS)
    }
    const attempts = await db.scheduledEmail.aggregate({ _sum: { retryCount: true } })
    return {
      figures: [
        exactly('attempts used', attempts._sum.retryCount ?? 0, 0),
        atLeast('cool-downs', coolDowns, 1),
        exactly('failures in a row', inARow, 1),
        ...(await eachArrivesOnce(stage, planned)),
      ],
      counts: { 'cool-downs': coolDowns },
    }
  },
}
