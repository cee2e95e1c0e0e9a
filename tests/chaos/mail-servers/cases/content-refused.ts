import { resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { updateTemplate } from '@/use-cases/templates/update-template'
import { REFUSED_WORD } from '../../../support/mail-servers/postfix'
import { BY, startChaosCampaign } from '../../support/campaign'
import { atMost } from '../../support/report'
import { asFigure, eachArrivesOnce, type MailServerCase, mailboxAt, nobodyPays } from '../case'

const CONNECTIONS = 1
/** So many recipients in a row show that it is the content. */
const IN_A_ROW = 3

/** The template holds what the server takes from nobody, and says so at the end of DATA (`550 5.7.1 message content rejected`). */
export const contentRefused: MailServerCase = {
  name: 'content refused',
  title: 'the content of every email is refused: the campaign pauses at the third, and all leave after the fix',
  services: () => ({ content: {} }),
  play: async (stage, { leads }) => {
    const { deps } = stage
    const subject = 'Hello {{ company_name }}'
    const { id, planned, mailboxIds } = await startChaosCampaign(deps, {
      leads,
      templates: [{ subject, bodyText: `Hello {{ first_name }}\n\n${REFUSED_WORD}` }],
      mailbox: mailboxAt(stage, 'content', { maxConnections: CONNECTIONS }),
    })
    await stage.work()
    const offered = stage.handedOver.length
    const campaign = await deps.db.campaign.findUniqueOrThrow({ where: { id } })
    const mailbox = await deps.db.mailbox.findUniqueOrThrow({ where: { id: mailboxIds[0] } })
    const paid = await nobodyPays(stage)
    const template = await deps.db.emailTemplate.findFirstOrThrow({
      where: { subject },
      orderBy: { createdAt: 'desc' },
    })
    await updateTemplate(deps, { id: template.id, name: 'Fixed', subject, bodyText: 'Hello {{ first_name }}', by: BY })
    if (campaign.status === 'paused') await resumeCampaign(deps, { campaignId: id, by: BY })
    stage.clock.advance(3_600_000)
    await stage.work()
    return {
      figures: [
        asFigure('the campaign is paused', campaign.status === 'paused'),
        asFigure('the mailbox is ready', mailbox.health === 'ready'),
        atMost('emails offered, those on their way among them', offered, IN_A_ROW + 2 * CONNECTIONS),
        ...paid,
        ...(await eachArrivesOnce(stage, planned)),
      ],
      counts: {},
    }
  },
}
