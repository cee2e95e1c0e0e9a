import { showsLink } from '@/domain/message/visible-link'
import { type ArrivedEmail, asSent } from '../../../support/mail-servers/maildir'
import { startChaosCampaign } from '../../support/campaign'
import { atLeast, exactly } from '../../support/report'
import { eachArrivesOnce, LOGGED, loginsAt, type MailServerCase, mailboxAt } from '../case'
import { LOGIN, type MailServerStage } from '../stage'

const STEPS = 2
const CONNECTIONS = 5

// The letter İ is longer in lower case, 𝒳 takes four bytes, lines of dots are an SMTP matter, and long ones are folded.
const PARAGRAPH = `İstanbul'da İş İçin İyi Bir Gün: İİİ, Grüße, 𝒳, 日本.\n.\n..\n.hidden ${'long '.repeat(60)}end`
const HTML = `<!doctype html><html><BODY><p>İstanbul İİİİİİİİİİ, Grüße, 𝒳</p>\n.\n<p>{{ company_name }} &amp; İş</p></BODY></html>`

/** Every header and text of what arrives is the one that was composed. */
export const allArrive: MailServerCase = {
  name: 'submission',
  title:
    'with STARTTLS and a login, two steps arrive at each lead once, with every header and text as they were composed',
  services: () => ({
    submission: {
      smtpd_tls_security_level: 'encrypt',
      smtpd_tls_auth_only: 'yes',
      smtpd_sasl_auth_enable: 'yes',
      smtpd_client_restrictions: 'permit_sasl_authenticated, reject',
      ...LOGGED,
    },
  }),
  play: async (stage, { leads }) => {
    const { planned } = await startChaosCampaign(stage.deps, {
      leads,
      days: [0, 1],
      templates: [1, 2].map((step) => ({
        subject: `Step ${step}: İş birliği für {{ company_name }}, ${'a subject that is folded '.repeat(4)}`,
        bodyText: `Hello {{ first_name }} of {{ company_name }},\n\n${PARAGRAPH}`,
        bodyHtml: HTML,
      })),
      replyInThread: true,
      mailbox: mailboxAt(stage, 'submission', {
        smtpSecurity: 'starttls',
        smtpUser: LOGIN.user,
        smtpPassword: LOGIN.password,
        replyTo: 'replies@nexa.example',
        maxConnections: CONNECTIONS,
      }),
    })
    for (let step = 1; step <= STEPS; step++) {
      await stage.work()
      stage.clock.advanceDays(1)
      stage.clock.advance(3_600_000)
    }
    const arrived = await stage.postfix.arrived()
    const count = async (isWrong: (email: ArrivedEmail) => Promise<boolean> | boolean) =>
      (await Promise.all(arrived.map(isWrong))).filter(Boolean).length
    return {
      figures: [
        exactly('emails planned', planned, STEPS * leads),
        ...(await eachArrivesOnce(stage, planned)),
        atLeast('logins', loginsAt(stage, 'submission'), 1),
        exactly('with another byte than was handed over', await count(differsFrom(stage)), 0),
        exactly('with another text than their record', await count(differsFromRecord(stage)), 0),
        exactly('with another header than planned', await count(hasWrongHeaders(stage)), 0),
        exactly('whose HTML is cut', await count(isCut), 0),
        exactly(
          'leads that are not at their second step',
          await stage.deps.db.lead.count({ where: { emailsSent: { not: STEPS } } }),
          0,
        ),
      ],
      counts: {},
    }
  },
}

function differsFrom({ handedOver }: MailServerStage) {
  const texts = new Map(handedOver.map(({ raw }) => [messageIdIn(raw.toString('latin1')), raw.toString('latin1')]))
  return ({ raw }: ArrivedEmail) => !sameText(asSent(raw), texts.get(messageIdIn(raw)))
}

const messageIdIn = (raw: string) => /^Message-ID: *(\S+)/im.exec(raw)?.[1] ?? ''

function differsFromRecord({ deps: { db } }: MailServerStage) {
  return async ({ parsed }: ArrivedEmail) => {
    const record = await db.email.findUnique({ where: { messageId: parsed.messageId ?? '' } })
    const step = await db.scheduledEmail.findFirst({ where: { messageId: parsed.messageId }, include: { lead: true } })
    const company = step?.lead.companyName ?? ''
    return !(
      record?.subject === parsed.subject &&
      sameText(record?.bodyText, parsed.text) &&
      sameText(record?.bodyHtml, parsed.html) &&
      parsed.text?.startsWith(`Hello Ada of ${company},\n\n${PARAGRAPH}`) &&
      parsed.html?.includes(`<p>${company} &amp; İş</p>`)
    )
  }
}

// Line ends are the wire's.
const sameText = (one: string | null | undefined, other: string | undefined) =>
  one?.replaceAll('\r\n', '\n').trimEnd() === other?.replaceAll('\r\n', '\n').trimEnd()

function hasWrongHeaders({ deps: { db } }: MailServerStage) {
  return async ({ parsed, raw }: ArrivedEmail) => {
    const planned = await db.scheduledEmail.findFirstOrThrow({
      where: { messageId: parsed.messageId },
      include: { lead: true },
    })
    const { lead, workflowStepNumber: step } = planned
    const first = await db.scheduledEmail.findFirstOrThrow({ where: { leadId: lead.id, workflowStepNumber: 1 } })
    const headers = new Map(parsed.headers.map(({ key, value }) => [key, value]))
    const wanted = {
      from: parsed.from?.address === 'sender1@nexa.example' && parsed.from.name === 'Ada',
      to: parsed.to?.length === 1 && parsed.to[0]?.address === lead.email && parsed.to[0].name === lead.contactName,
      envelope:
        raw.includes(`\r\nDelivered-To: ${lead.email}\r\n`) && raw.startsWith('Return-Path: <sender1@nexa.example>'),
      replyTo: parsed.replyTo?.length === 1 && parsed.replyTo[0]?.address === 'replies@nexa.example',
      date: Date.parse(headers.get('date') ?? '') === planned.sentAt?.getTime(),
      thread:
        parsed.inReplyTo === (step === 1 ? undefined : first.messageId) &&
        // Its own id as well, for providers that put another in its place.
        parsed.references === [...new Set([first.messageId, planned.messageId])].join(' '),
      subject:
        parsed.subject?.startsWith(step === 1 ? 'Step 1: İş birliği für' : 'Re: Step 1: İş birliği für') === true,
      unsubscribe: /^<https:\/\/app\.nexa\.example\/api\/unsubscribe\/[^>]+>$/.test(
        headers.get('list-unsubscribe') ?? '',
      ),
      oneClick: headers.get('list-unsubscribe-post') === 'List-Unsubscribe=One-Click',
    }
    return Object.values(wanted).includes(false)
  }
}

/** Ends in the middle of its document, or lost what the law wants in it. */
function isCut({ parsed: { html = '' } }: ArrivedEmail): boolean {
  const link = /https:\/\/app\.nexa\.example\/u\/[\w.~-]+/.exec(html)?.[0] ?? 'none'
  const footer = html.indexOf('Main Street 1')
  const end = html.indexOf('</BODY></html>')
  return !(html.includes('İstanbul İİİİİİİİİİ, Grüße, 𝒳') && showsLink(html, link) && footer > 0 && footer < end)
}
