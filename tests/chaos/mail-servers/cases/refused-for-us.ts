import type { SmtpdSettings } from '../../../support/mail-servers/postfix'
import { startChaosCampaign } from '../../support/campaign'
import { atLeast, atMost } from '../../support/report'
import {
  asFigure,
  eachArrivesOnce,
  type MailServerCase,
  mailboxAt,
  moveMailbox,
  nobodyPays,
  refusedRecipients,
} from '../case'

/** So many recipients show that words which nobody knows are about us. */
const ALIKE = 5
const FOUR_DOMAINS = ['north.example', 'south.example', 'east.example', 'west.example']

type Refused = {
  title: string
  service: string
  settings: SmtpdSettings
  words: string
  /** Recipients who may be refused before it is clear, beside those on their way. */
  before: number
  connections: number
}

/** All are refused for what the server has against us: the mailbox stops, all come back as they were, and arrive once it is fixed. */
const refusedForUs = ({ title, service, settings, words, before, connections }: Refused): MailServerCase => ({
  name: service,
  title,
  services: () => ({ [service]: settings, [`${service}-fixed`]: {} }),
  play: async (stage, { leads }) => {
    const { db } = stage.deps
    const { planned, mailboxIds } = await startChaosCampaign(stage.deps, {
      leads,
      days: [0],
      domains: FOUR_DOMAINS,
      mailbox: mailboxAt(stage, service, { maxConnections: connections }),
    })
    const [mailboxId = ''] = mailboxIds
    await stage.work()
    const mailbox = await db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } })
    const pending = await db.scheduledEmail.count({ where: { status: 'pending' } })
    const refused = refusedRecipients(stage, service).size
    const paid = await nobodyPays(stage)
    await moveMailbox(stage, mailboxId, `${service}-fixed`)
    // What was given back is due a little later.
    stage.clock.advance(3_600_000)
    await stage.work()
    return {
      figures: [
        asFigure('the mailbox is stopped', mailbox.health === 'stopped'),
        asFigure('it says why in the words of the server', mailbox.healthReason?.includes(words) === true),
        atLeast('recipients refused', refused, before),
        atMost('recipients refused, those on their way among them', refused, before + 2 * connections),
        asFigure('all are pending', pending === planned),
        ...paid,
        ...(await eachArrivesOnce(stage, planned)),
      ],
      counts: {},
    }
  },
})

export const REFUSED_FOR_US: readonly MailServerCase[] = [
  refusedForUs({
    title: 'refused as a client with the first recipient: the mailbox stops, and no lead fails',
    service: 'client',
    settings: { smtpd_client_restrictions: 'reject' },
    words: 'Client host rejected: Access denied',
    before: 1,
    connections: 1,
  }),
  refusedForUs({
    title: 'blocked by a list of senders: the mailbox stops, and no lead fails',
    service: 'listed',
    settings: {
      smtpd_client_restrictions:
        'check_client_access static:{554 5.7.1 Service unavailable; Client host [127.0.0.1] blocked using zen.example}',
    },
    words: 'blocked using zen.example',
    before: 1,
    connections: 1,
  }),
  refusedForUs({
    title: 'refused for the name in EHLO: the mailbox stops, and no lead fails',
    service: 'greeting',
    settings: { smtpd_helo_restrictions: 'check_helo_access static:{504 5.5.2 need fully-qualified hostname}' },
    words: 'Helo command rejected',
    before: 1,
    connections: 1,
  }),
  refusedForUs({
    title:
      'refused with words that nobody knows, at four domains: at most five and those on their way are touched, the mailbox stops, and all come back',
    service: 'unknown',
    settings: {
      smtpd_recipient_restrictions: 'check_recipient_access static:{550 5.7.1 The abbot takes no letters in Lent}',
    },
    words: 'The abbot takes no letters in Lent',
    before: ALIKE,
    connections: 5,
  }),
]
