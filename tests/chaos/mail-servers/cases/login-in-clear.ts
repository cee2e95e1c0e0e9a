import { startChaosCampaign } from '../../support/campaign'
import { atLeast, exactly } from '../../support/report'
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

const ACCOUNT = { smtpUser: LOGIN.user, smtpPassword: LOGIN.password }
// As AUTH PLAIN, AUTH LOGIN and a careless log would have it.
const FORMS = [
  LOGIN.password,
  Buffer.from(LOGIN.password).toString('base64'),
  Buffer.from(`\0${LOGIN.user}\0${LOGIN.password}`).toString('base64'),
]

/** A server that takes logins only over TLS, and a mailbox that is set to speak without. */
export const loginInClear: MailServerCase = {
  name: 'login in clear',
  title: 'a login that is offered after STARTTLS alone: without it no password leaves, and with it all arrive',
  services: () => ({
    offered: {
      smtpd_tls_security_level: 'may',
      smtpd_tls_auth_only: 'yes',
      smtpd_sasl_auth_enable: 'yes',
      smtpd_client_restrictions: 'permit_sasl_authenticated, reject',
      ...LOGGED,
    },
  }),
  play: async (stage, { leads }) => {
    const { planned, mailboxIds } = await startChaosCampaign(stage.deps, {
      leads,
      mailbox: mailboxAt(stage, 'offered', ACCOUNT),
    })
    const [mailboxId = ''] = mailboxIds
    await stage.work()
    const mailbox = await stage.deps.db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } })
    const logins = loginsAt(stage, 'offered')
    const read = stage.postfix
      .log()
      .split('\n')
      .filter((line) => line.includes(' offered/smtpd['))
    const paid = await nobodyPays(stage)
    await moveMailbox(stage, mailboxId, 'offered', { ...ACCOUNT, smtpSecurity: 'starttls' })
    await stage.work()
    return {
      figures: [
        atLeast('lines in the log of the server', read.length, 1),
        exactly('logins without encryption', logins, 0),
        exactly(
          'lines that hold the password',
          read.filter((line) => FORMS.some((form) => line.includes(form))).length,
          0,
        ),
        asFigure('the mailbox is stopped', mailbox.health === 'stopped'),
        asFigure('it says what to choose', mailbox.healthReason?.includes('STARTTLS') === true),
        ...paid,
        ...(await eachArrivesOnce(stage, planned)),
        atLeast('logins with encryption', loginsAt(stage, 'offered'), 1),
      ],
      counts: {},
    }
  },
}
