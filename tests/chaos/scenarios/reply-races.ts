import { setTimeout as sleep } from 'node:timers/promises'
import { createDatabase } from '@/db/client'
import type { Deps } from '@/deps'
import { readMailbox } from '@/use-cases/conversations/read-mailbox'
import { sendMailbox } from '@/use-cases/delivery/send-mailbox'
import { answerLike } from '../../support/conversation/answered-emails'
import { contactLeads, READ_AT } from '../../support/conversation/contacted-leads'
import { createMailboxInMemory } from '../../support/conversation/mailbox-in-memory'
import { createTestClock, depsOn } from '../../support/deps'
import { startSmtpSink } from '../../support/servers/smtp-sink'
import { createRandom } from '../support/random'
import { atLeast, exactly } from '../support/report'
import { scenario } from '../support/scenario'
import { closingAfterwards } from '../support/stage'

// An answer of the server waits for the next reply to be read, so that emails are selected, prepared, claimed and on the wire
// all the time while replies land; and no longer than this, since a reply may wait for the gate that an email holds.
const ANSWER_MS = 1_000
const CONNECTIONS = 2
// Leads a race: some replies come to nobody's next email.
const LEADS = 3
// Replies come to one of so many whose emails are next in turn.
const NEXT = 40
const SENT_AT_LEAST = 1

export const replyRaces = scenario({
  id: 'T18',
  title: 'replies land while the follow-ups to the same leads leave: none begins after its reply has had its effect',
  full: { races: 1_000 },
  short: { races: 60 },
  run: ({ seed, sizes, server }) =>
    closingAfterwards(async (closers) => {
      const random = createRandom(seed)
      const place = await server({ ownServer: false })
      closers.push(place.close)
      const database = createDatabase(place.url)
      closers.push(() => database.close())
      const sink = await startSmtpSink()
      closers.push(sink.close)
      const deps = depsOn(database, sink, createTestClock(READ_AT.toISOString()))
      closers.push(() => deps.mailer.close())
      const leads = sizes.races * LEADS
      const { mailboxId } = await contactLeads(deps, { leads, port: 993 })
      await makeFollowUpsDue(deps, mailboxId)
      const heard = new Set<string>()
      const late: string[] = []
      const begun = new Set<string>()
      const waiting: (() => void)[] = []
      let isOver = false
      sink.behave = (to) => {
        if (heard.has(to) && !begun.has(to)) late.push(to)
        // Asked at RCPT, and again when the message is there.
        if (!begun.has(to) || isOver) return void begun.add(to)
        return { at: 'data', until: Promise.race([new Promise<void>((go) => waiting.push(go)), sleep(ANSWER_MS)]) }
      }
      const isOpen = { workflowStepNumber: 2, status: { in: ['pending', 'sending'] } }
      const send = async () => {
        // A job ends after its time, and the next one goes on.
        while ((await deps.db.scheduledEmail.count({ where: isOpen })) > 0) await sendMailbox(deps, { mailboxId })
      }
      const sending = send()
      const order = { id: 'asc' } as const
      const emails = await deps.db.email.findMany({
        select: { messageId: true, toEmail: true, subject: true },
        orderBy: order,
      })
      while (heard.size < sizes.races) {
        const next = emails.filter(({ toEmail }) => !heard.has(toEmail) && !begun.has(toEmail)).slice(0, NEXT)
        if (next.length === 0) break
        const { messageId, toEmail: to, subject } = random.pick(next)
        const email = { messageId, to, subject, from: 'sam@nexa.example', raw: '' }
        await read(deps, mailboxId, answerLike('human-interested.gmail.en', email))
        heard.add(to)
        waiting.shift()?.()
      }
      isOver = true
      for (const go of waiting) go()
      await sending
      const where = { workflowStepNumber: 2 }
      const followUps = await deps.db.scheduledEmail.findMany({ where, include: { lead: true } })
      const of = (status: string) => followUps.filter((email) => email.status === status)
      const arrived = new Set(sink.received.map((mail) => mail.to))
      return {
        figures: [
          exactly('replies that landed while follow-ups left', heard.size, sizes.races),
          exactly('follow-ups begun after the reply had its effect', late.length, 0),
          exactly('sent or skipped', of('sent').length + of('skipped').length, leads),
          exactly('follow-ups that arrived', arrived.size, of('sent').length),
          exactly(
            'skipped ones that arrived all the same',
            of('skipped').filter(({ lead }) => arrived.has(lead.email)).length,
            0,
          ),
          exactly(
            'skipped ones that nobody answered',
            of('skipped').filter(({ lead }) => !heard.has(lead.email)).length,
            0,
          ),
          atLeast('replies that came in time', of('skipped').length, SENT_AT_LEAST),
          atLeast('follow-ups that left', of('sent').length, SENT_AT_LEAST),
        ],
        counts: { 'replies to an email on the wire by then': [...heard].filter((to) => arrived.has(to)).length },
      }
    }),
})

async function makeFollowUpsDue({ db, clock }: Deps, mailboxId: string): Promise<void> {
  await db.settings.update({ where: { id: 1 }, data: { companyName: 'Nexa', postalAddress: 'Main Street 1, Berlin' } })
  const [campaign] = await db.campaign.findMany()
  if (campaign) await db.campaignMailbox.create({ data: { campaignId: campaign.id, mailboxId } })
  await db.mailbox.update({ where: { id: mailboxId }, data: { maxConnections: CONNECTIONS } })
  await db.mailboxReader.updateMany({ data: { lastReadAt: clock.realNow() } })
  await db.scheduledEmail.updateMany({ where: { workflowStepNumber: 2 }, data: { scheduledFor: clock.now() } })
}

/** Reads a mailbox that holds this message alone. */
async function read(deps: Deps, mailboxId: string, raw: string): Promise<void> {
  const inbox = createMailboxInMemory()
  inbox.put('inbox', raw, READ_AT)
  inbox.folders.inbox.uidValidity = BigInt(next++)
  await deps.db.mailboxReader.updateMany({ data: { nextReadAt: null } })
  await readMailbox(deps, { mailboxId, open: inbox.open })
}
let next = 1
