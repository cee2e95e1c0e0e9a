import { goesOut } from '../../../../src/domain/delivery/mailbox-health'
import { domainOf } from '../../../../src/domain/lead/email'
import { checkDetails, RECORD_NAMES } from '../../../../src/domain/mailbox/mailbox-checks'
import { type Examination, type Finding, fault, ok, unknown } from '../finding'

type DomainRecord = { name: string; outcome: string; message: string; details: unknown }

/** The records of the domains that emails are sent from, as they were looked up last. Asks no name server. */
export const domains: Examination = {
  name: 'domains',
  examine: async ({ models, sandbox }) => {
    const all = await models.mailbox.findMany({ include: { checks: true }, orderBy: { createdAt: 'asc' } })
    const sending = all.filter((mailbox) => goesOut(mailbox, sandbox))
    const byDomain = Map.groupBy(sending, ({ fromEmail }) => domainOf(fromEmail).toLowerCase())
    if (byDomain.size === 0) return [ok('No email leaves this machine.')]
    return [...byDomain].flatMap(([domain, mailboxes]) =>
      domainFindings(
        domain,
        mailboxes.flatMap(({ checks }) => checks),
      ),
    )
  },
}

/** What is known of one domain. `records`: checks of all its mailboxes. */
export function domainFindings(domain: string, records: readonly DomainRecord[]): Finding[] {
  const looked = records.filter(({ name }) => RECORD_NAMES.some((record) => record === name))
  if (looked.length === 0)
    return [unknown(`${domain}: its records were never looked up. Open a mailbox under Settings, Mailboxes.`)]
  const wrong = looked.filter(({ outcome }) => outcome === 'wrong' || outcome === 'missing')
  if (wrong.length === 0)
    return [ok(`${domain}: ${looked.map(({ name }) => name.toUpperCase()).join(', ')} were looked up.`)]
  const byMessage = new Map(wrong.map((record) => [record.message, record]))
  return [...byMessage.values()].map(({ message, details }) => {
    const { copy } = checkDetails.nullable().catch(null).parse(details) ?? {}
    return fault(`${domain}: ${message}`, copy && `In its DNS: ${copy.host} ${copy.type} "${copy.value}".`)
  })
}
