import type { MailboxInput } from '@/domain/mailbox/mailbox-input'
import type { SmtpdSettings } from '../../../support/mail-servers/postfix'
import { startChaosCampaign } from '../../support/campaign'
import { atMost, exactly } from '../../support/report'
import {
  asFigure,
  eachArrivesOnce,
  LOGGED,
  loginsAt,
  type MailServerCase,
  mailboxAt,
  moveMailbox,
  nobodyPays,
} from '../case'
import { LOGIN } from '../stage'

const SUBMISSION: SmtpdSettings = {
  smtpd_tls_security_level: 'encrypt',
  smtpd_sasl_auth_enable: 'yes',
  smtpd_client_restrictions: 'permit_sasl_authenticated, reject',
  ...LOGGED,
}
const RIGHT: Partial<MailboxInput> = {
  smtpSecurity: 'starttls',
  smtpUser: LOGIN.user,
  smtpPassword: LOGIN.password,
}

type Fault = {
  service: string
  what: string
  settings: SmtpdSettings
  mailbox?: Partial<MailboxInput>
  health: 'stopped' | 'cooling_down'
  /** What the mailbox says of it. */
  words: RegExp
  logins?: number
  onlyLong?: boolean
}

/** The connection or the login fails before any email is offered, until a person has fixed it. */
const connectionFault = ({ service, what, settings, mailbox, health, words, ...fault }: Fault): MailServerCase => ({
  name: service,
  onlyLong: fault.onlyLong,
  title: `${what}: the mailbox says so in plain words and is ${health.replace('_', ' ')}, and no lead is touched`,
  services: () => ({ [service]: settings, [`${service}-fixed`]: SUBMISSION }),
  play: async (stage, { leads }) => {
    const { planned, mailboxIds } = await startChaosCampaign(stage.deps, {
      leads,
      mailbox: mailboxAt(stage, service, { ...RIGHT, ...mailbox }),
    })
    const [mailboxId = ''] = mailboxIds
    await stage.work()
    await stage.work()
    const met = await stage.deps.db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } })
    const tried = loginsAt(stage, service)
    const paid = await nobodyPays(stage)
    const offered = stage.handedOver.length
    await moveMailbox(stage, mailboxId, `${service}-fixed`, RIGHT)
    await stage.work()
    return {
      figures: [
        asFigure(`the mailbox is ${health}`, met.health === health),
        asFigure(`it says ${words}`, words.test(met.healthReason ?? '')),
        asFigure(
          'its words are of no library',
          !/openssl|[\da-f]{8}:error|node\.js|--use/i.test(met.healthReason ?? ''),
        ),
        exactly('emails offered', offered, 0),
        atMost('logins', tried, fault.logins ?? 0),
        ...paid,
        ...(await eachArrivesOnce(stage, planned)),
      ],
      counts: {},
    }
  },
})

export const CONNECTION_FAULTS: readonly MailServerCase[] = [
  connectionFault({
    service: 'wrong-password',
    what: 'a wrong password',
    settings: SUBMISSION,
    mailbox: { smtpPassword: 'wrong' },
    health: 'stopped',
    words: /refused the login/,
    logins: 1,
  }),
  connectionFault({
    service: 'strange',
    what: 'a certificate that signed itself',
    settings: { ...SUBMISSION, smtpd_tls_chain_files: '$strange_certificate' },
    health: 'cooling_down',
    words: /certificate that it signed itself/,
  }),
  connectionFault({
    service: 'foreign',
    what: 'a certificate for another name',
    settings: { ...SUBMISSION, smtpd_tls_chain_files: '$foreign_certificate' },
    health: 'cooling_down',
    words: /certificate of .+ is for another name/,
  }),
  connectionFault({
    service: 'wrong-port',
    what: 'TLS on a port for STARTTLS',
    settings: SUBMISSION,
    mailbox: { smtpSecurity: 'tls' },
    health: 'cooling_down',
    words: /does not speak this kind of encryption/,
  }),
  connectionFault({
    service: 'no-starttls',
    what: 'a server that does not offer STARTTLS',
    settings: { ...SUBMISSION, smtpd_tls_security_level: 'none' },
    health: 'cooling_down',
    words: /does not offer STARTTLS/,
  }),
  connectionFault({
    service: 'wrapped',
    what: 'STARTTLS on a port for TLS',
    settings: { ...SUBMISSION, smtpd_tls_wrappermode: 'yes' },
    health: 'cooling_down',
    words: /took the connection and said nothing/,
    // Both wait for the other to begin, half a minute long.
    onlyLong: true,
  }),
]
