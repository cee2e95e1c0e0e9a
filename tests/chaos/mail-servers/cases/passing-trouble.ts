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

const HOURS = 3

/** Everybody is put off for what ails the server or our sender: the mailbox cools down, also hours later. */
const putOff = (what: string, service: string, settings: SmtpdSettings, words: string): MailServerCase => ({
  name: service,
  title: `${what}: the mailbox cools down for hours, and no attempt is used`,
  services: () => ({ [service]: settings, [`${service}-over`]: {} }),
  play: async (stage, { leads }) => {
    const { planned, mailboxIds } = await startChaosCampaign(stage.deps, {
      leads,
      mailbox: mailboxAt(stage, service, { maxConnections: 1 }),
    })
    const [mailboxId = ''] = mailboxIds
    await stage.work()
    const first = refusedRecipients(stage, service).size
    for (let hour = 0; hour < HOURS; hour++) {
      stage.clock.advance(3_600_000)
      await stage.work()
    }
    const mailbox = await stage.deps.db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } })
    const tried = stage.handedOver.length
    const paid = await nobodyPays(stage)
    await moveMailbox(stage, mailboxId, `${service}-over`)
    stage.clock.advance(3_600_000)
    await stage.work()
    return {
      figures: [
        asFigure('the mailbox cools down', mailbox.health === 'cooling_down'),
        asFigure('it says why in the words of the server', mailbox.healthReason?.includes(words) === true),
        atLeast('recipients put off', first, 1),
        // One, and what was on its way beside it.
        atMost('recipients put off before the mailbox cooled down', first, 3),
        ...paid,
        ...(await eachArrivesOnce(stage, planned)),
      ],
      counts: { 'emails offered in vain': tried },
    }
  },
})

// A policy server that is away, as where greylisting or a spam filter has died.
const AWAY = 'check_policy_service { inet:127.0.0.1:1, try_limit=1 }'

export const PASSING_TROUBLE: readonly MailServerCase[] = [
  putOff(
    'a sender whose domain is not found for now (450 4.1.8)',
    'sender',
    { smtpd_sender_restrictions: 'check_sender_access static:{450 4.1.8 Domain not found}' },
    'Sender address rejected: Domain not found',
  ),
  putOff(
    'a server that cannot look up its recipients (451 4.3.0)',
    'lookup',
    { virtual_mailbox_maps: 'texthash:/nowhere' },
    'Temporary lookup failure',
  ),
  putOff(
    'a server with a fault in its settings at RCPT (451 4.3.5)',
    'policy',
    { smtpd_recipient_restrictions: AWAY },
    'Server configuration problem',
  ),
  putOff(
    'a server with a fault in its settings at DATA (451 4.3.5)',
    'policy-at-data',
    { smtpd_data_restrictions: AWAY },
    'Server configuration problem',
  ),
]
