import { startChaosCampaign } from '../../support/campaign'
import { atMost, exactly } from '../../support/report'
import { asFigure, eachArrivesOnce, type MailServerCase, mailboxAt } from '../case'

const LIMIT = 20_000
const DAYS = 6

/** One lead's values make its email larger than the server takes; the others' are small. */
export const tooLarge: MailServerCase = {
  name: 'too large',
  title:
    'one email is larger than the server takes: it fails alone, with its size and the limit, and the campaign completes',
  services: () => ({ small: { message_size_limit: String(LIMIT) } }),
  play: async (stage, { leads }) => {
    const { db } = stage.deps
    const { id, planned, mailboxIds } = await startChaosCampaign(stage.deps, {
      leads,
      templates: [{ subject: 'Hello', bodyText: 'Hello {{ first_name }} of {{ company_name }}.' }],
      mailbox: mailboxAt(stage, 'small'),
    })
    const of = { lead: { email: 'lead1@customer.example' } }
    await db.lead.update({ where: of.lead, data: { companyName: 'word '.repeat(LIMIT / 4) } })
    const { messageId } = await db.scheduledEmail.findFirstOrThrow({ where: of })
    for (let day = 0; day < DAYS; day++) {
      await stage.work()
      stage.clock.advanceDays(1)
    }
    const email = await db.scheduledEmail.findFirstOrThrow({ where: of })
    const campaign = await db.campaign.findUniqueOrThrow({ where: { id } })
    const mailbox = await db.mailbox.findUniqueOrThrow({ where: { id: mailboxIds[0] } })
    const offered = stage.handedOver.filter(({ raw }) => raw.includes(messageId)).length
    return {
      figures: [
        asFigure('it has failed', email.status === 'failed'),
        asFigure('it says its size', /\b2\d(\.\d)? kB/.test(email.failureReason ?? '')),
        asFigure('it says the limit of the server', email.failureReason?.includes('20 kB') === true),
        atMost('times it was offered', offered, 1),
        exactly('failed emails', await db.scheduledEmail.count({ where: { status: 'failed' } }), 1),
        asFigure('the campaign is completed', campaign.status === 'completed'),
        asFigure('the mailbox is ready', mailbox.health === 'ready'),
        ...(await eachArrivesOnce(stage, planned - 1)),
      ],
      counts: {},
    }
  },
}
