import { renderToStaticMarkup } from 'react-dom/server'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { createCampaign } from '@/use-cases/campaigns/create-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { sendMailbox } from '@/use-cases/delivery/send-mailbox'
import { createMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { readAnswers } from '@/use-cases/sandbox/open-mailbox'
import { BY, createEngine, createWorkflow, type Engine } from '../engine'
import { startDovecot } from '../mail-servers/dovecot'
import type { ArrivedEmail } from '../mail-servers/maildir'
import { type Postfix, startPostfix } from '../mail-servers/postfix'
import { startHttpApp } from '../servers/http-app'
import type { ReceivedMail } from '../servers/smtp-sink'

const PASSWORD = 'right'
const PUBLIC_URL = 'https://outreach.nexa.dev'
const DAY_BEGINS = 'T08:00:00Z'
/** Mail for this domain comes back from the mail server itself. */
export const GONE = 'gone.example'

/** An email as it was delivered: the step that its text names, and the campaign time at which it was sent. */
export type Delivered = ReceivedMail & { step: number; at: Date }

const READERS = {
  sam: { timezone: 'Europe/Berlin', windowStartMinute: 9 * 60, holidays: ['2026-12-24', '2026-12-25', '2027-01-01'] },
  // At the same moment, an hour earlier on its clocks; and on the 5th of January not at all.
  kim: {
    timezone: 'Europe/London',
    windowStartMinute: 8 * 60,
    holidays: ['2026-12-24', '2026-12-25', '2027-01-01', '2027-01-05'],
  },
} as const

export const MAILBOXES = Object.keys(READERS).map((name) => `${name}@nexa.dev`)

/** Postfix that delivers, Dovecot that holds two mailboxes, the API over HTTP, and a campaign of three steps to these addresses. */
export async function startOutreachAtServers(addresses: readonly string[]) {
  const engine = await createEngine()
  const closers: (() => Promise<void>)[] = [engine.close]
  const close = async () => {
    for (const one of closers.toReversed()) await one()
  }
  try {
    engine.deps.config.appUrl = PUBLIC_URL
    engine.deps.config.sandbox = false
    engine.deps.random = () => 0.5
    // Real time goes as campaign time does: answers are read before follow-ups on each of the days.
    engine.clock.realNow = engine.clock.now
    const users = Object.fromEntries(MAILBOXES.map((address) => [address, PASSWORD]))
    const dovecot = await startDovecot(users)
    closers.push(dovecot.close)
    const postfix = await startPostfix(
      { submission: { smtpd_sasl_auth_enable: 'yes', smtpd_reject_unlisted_recipient: 'no' } },
      dovecot,
      { unknownAt: GONE },
    )
    closers.push(postfix.close)
    const app = await startHttpApp(engine, { appUrl: PUBLIC_URL })
    closers.push(app.close)
    engine.clock.set(`2026-12-17${DAY_BEGINS}`)
    const ports = { smtpPort: postfix.ports.submission, imapPort: dovecot.ports.imaps }
    const campaignId = await startCampaignTo(engine, addresses, ports)
    const { default: page } = await import('@/app/u/[token]/page')
    const pageOf = async (token: string) => renderToStaticMarkup(await page({ params: Promise.resolve({ token }) }))
    const stage = { engine, dovecot, postfix, app, pageOf, campaignId, close, pass: passes(engine) }
    return { ...stage, morning: (day: string) => morning(stage, day), delivered: () => deliveredBy(stage) }
  } catch (error) {
    await close()
    throw error
  }
}
export type OutreachAtServers = Awaited<ReturnType<typeof startOutreachAtServers>>

async function startCampaignTo(
  engine: Engine,
  addresses: readonly string[],
  { smtpPort, imapPort }: { smtpPort: number; imapPort: number },
): Promise<string> {
  const { db, deps } = engine
  const mailboxIds: string[] = []
  for (const [name, window] of Object.entries(READERS)) {
    const fromEmail = `${name}@nexa.dev`
    const typed = {
      ...{ name, fromName: name, fromEmail, windowDays: [1, 2, 3, 4, 5], windowEndMinute: 17 * 60, ...window },
      ...{ smtpHost: '127.0.0.1', smtpPort, smtpSecurity: 'none', smtpUser: fromEmail, smtpPassword: PASSWORD },
      reader: { imapHost: '127.0.0.1', imapPort, imapUser: fromEmail, imapPassword: PASSWORD, appendsSent: false },
    }
    mailboxIds.push((await createMailbox(deps, mailboxInput.parse(typed))).id)
  }
  const leads = await db.lead.createManyAndReturn({ data: addresses.map((email) => ({ email, firstName: 'Ute' })) })
  const { id: batchId } = await db.leadBatch.create({
    data: { name: 'All', leads: { createMany: { data: leads.map(({ id: leadId }) => ({ leadId })) } } },
  })
  const workflow = await createWorkflow(engine, { days: [0, 3, 4], replyInThread: true })
  for (const { emailTemplateId: id, stepNumber } of workflow.steps) {
    const data = {
      subject: 'A quieter warehouse at Nordwind',
      bodyText: `Hello {{ first_name }}, this is email ${stepNumber}.`,
    }
    await db.emailTemplate.update({ where: { id }, data })
  }
  const draft = {
    name: 'Warehouses',
    timezone: 'Europe/Berlin',
    batchIds: [batchId],
    mailboxIds,
    workflowId: workflow.id,
  }
  const after = { stopSameCompany: true }
  const { id: campaignId } = await createCampaign(deps, { campaignType: 'outreach', ...draft, ...after, by: BY })
  await startCampaign(deps, { campaignId, by: BY })
  return campaignId
}

/** What a worker does with a tick, until nothing is left: each send job it enqueued, and only then each reading. */
function passes({ deps, woken }: Engine) {
  const reads = new Set<string>()
  let isAsked = false
  deps.queue.enqueueMailboxRead = async (mailboxId) => void reads.add(mailboxId)
  deps.queue.enqueueTick = async () => {
    isAsked = true
  }
  return async () => {
    do {
      isAsked = false
      await runTick(deps)
      for (const mailboxId of woken.splice(0)) await sendMailbox(deps, { mailboxId })
      for (const mailboxId of reads) await readAnswers(deps, { mailboxId })
      reads.clear()
    } while (isAsked)
  }
}

/** The first passes of a day: as the windows open, and once what was read then is fresh. */
async function morning({ engine, pass }: { engine: Engine; pass: () => Promise<void> }, day: string): Promise<void> {
  engine.clock.set(`${day}${DAY_BEGINS}`)
  await pass()
  engine.clock.advance(6 * 60_000)
  await pass()
}

async function deliveredBy({ postfix }: { postfix: Postfix<'submission'> }): Promise<Delivered[]> {
  await postfix.arrived()
  // Once more: a report may be queued as the email that it is about leaves the queue.
  const all = (await postfix.arrived()).map(deliveredOf)
  return all.toSorted((a, b) => a.at.getTime() - b.at.getTime() || a.to.localeCompare(b.to))
}

function deliveredOf({ raw, parsed }: ArrivedEmail): Delivered {
  const { messageId = '', subject = '', from, to, date = '', text = '' } = parsed
  const step = Number(/this is email (\d)\./.exec(text)?.[1])
  const [recipient] = to ?? []
  return { messageId, subject, raw, from: from?.address ?? '', to: recipient?.address ?? '', step, at: new Date(date) }
}
