import { SMTP_DEADLINE_MS } from '@/mail/mailer'
import { startChaosCampaign } from '../../support/campaign'
import { exactly } from '../../support/report'
import { asFigure, eachArrivesOnce, type MailServerCase, mailboxAt, nobodyPays } from '../case'

const MOST_CONNECTIONS = 50
const MOST_ROUNDS = 100

/** Every message is answered late. Doubt would hold it, although it has arrived. */
export const slowEnd: MailServerCase = {
  name: 'slow end',
  title: 'a server that answers each message late: all arrive once, and none is held',
  services: ({ seconds }) => ({ slow: { smtpd_end_of_data_restrictions: `sleep ${seconds}` } }),
  play: async (stage, { leads, seconds }) => {
    const { db } = stage.deps
    const { planned, mailboxIds } = await startChaosCampaign(stage.deps, {
      // All go out at once and once more: where everything is slow, later ones may have to queue for hours.
      leads: Math.min(leads, 2 * MOST_CONNECTIONS),
      mailbox: mailboxAt(stage, 'slow', { maxConnections: MOST_CONNECTIONS }),
    })
    // A job gives its place back after a while; the next tick goes on.
    for (let round = 0; round < MOST_ROUNDS; round++) {
      await stage.work()
      if ((await db.scheduledEmail.count({ where: { status: 'pending' } })) === 0) break
      stage.clock.advance(60_000)
    }
    const mailbox = await db.mailbox.findUniqueOrThrow({ where: { id: mailboxIds[0] } })
    const held = await db.scheduledEmail.count({ where: { status: 'held' } })
    return {
      figures: [
        exactly('emails held', held, 0),
        asFigure('the mailbox is ready', mailbox.health === 'ready'),
        ...(await eachArrivesOnce(stage, planned)),
      ],
      counts: { 'seconds a message': seconds },
    }
  },
}

/** A server that says nothing for longer than we wait, once this recipient is named, and answers the others at once. */
export const silentRecipient: MailServerCase = {
  name: 'silence',
  title: 'a server that is silent to one recipient: an attempt of that email is used, and the others leave',
  onlyLong: true,
  services: () => ({
    silent: {
      smtpd_recipient_restrictions: 'check_recipient_access inline:{lead1@customer.example=silence}',
      smtpd_restriction_classes: 'silence',
      silence: `sleep ${Math.ceil(SMTP_DEADLINE_MS / 1000) + 30}`,
    },
  }),
  play: async (stage, { leads }) => {
    const { db } = stage.deps
    const { planned, mailboxIds } = await startChaosCampaign(stage.deps, { leads, mailbox: mailboxAt(stage, 'silent') })
    await stage.work()
    const poor = await db.scheduledEmail.findFirstOrThrow({ where: { lead: { email: 'lead1@customer.example' } } })
    const mailbox = await db.mailbox.findUniqueOrThrow({ where: { id: mailboxIds[0] } })
    await db.scheduledEmail.updateMany({ where: { id: poor.id }, data: { retryCount: 0 } })
    return {
      figures: [
        asFigure('the email goes back for a later attempt', poor.status === 'pending'),
        exactly('its attempts', poor.retryCount, 1),
        asFigure('the mailbox is ready', mailbox.health === 'ready'),
        ...(await nobodyPays(stage)).filter(({ name }) => name !== 'leads failed or changed'),
        ...(await eachArrivesOnce(stage, planned - 1)),
      ],
      counts: {},
    }
  },
}
