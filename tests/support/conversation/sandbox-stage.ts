import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { SandboxAnswer } from '@/domain/conversation/sandbox-answer'
import { type SandboxInbox, startSandboxInbox } from '@/mail/sandbox-inbox'
import { appRouter } from '@/server/api/root'
import { createCallerFactory } from '@/server/api/trpc'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { readAnswers } from '@/use-cases/sandbox/open-mailbox'
import { storeSandboxMessages } from '@/use-cases/sandbox/store-sandbox-messages'
import { BY, createEngine, createOutreach, type Engine } from '../engine'

const createCaller = createCallerFactory(appRouter)
const user = { id: 'u1', name: 'Olive', email: 'olive@nexa.example', role: 'owner' as const }

/** Before each test a campaign of three emails a day apart, whose first ones lie in the sandbox inbox. */
export function allWithSandbox({ leads = 2 } = {}) {
  let engine: Engine
  let inbox: SandboxInbox
  let api: ReturnType<typeof createCaller>
  let campaignId = ''
  let mailboxId = ''
  beforeAll(async () => {
    engine = await createEngine()
    inbox = await startSandboxInbox({ port: 0, keep: (emails) => storeSandboxMessages(engine.deps, emails) })
    engine.deps.config.smtpUrl = `smtp://127.0.0.1:${inbox.port}`
    api = createCaller({ deps: engine.deps, user })
  })
  beforeEach(async () => {
    const { db } = engine
    await db.campaign.deleteMany()
    await db.lead.deleteMany()
    await db.sandboxMessage.deleteMany()
    await db.mailboxReader.deleteMany()
    await db.mailboxFolder.deleteMany()
    await db.suppression.deleteMany()
    engine.deps.config.sandbox = true
    engine.clock.set('2026-03-02T09:00:00Z')
    await db.mailbox.updateMany({ data: { nextSendAt: null } })
    mailboxId = (await db.mailbox.findFirstOrThrow()).id
    campaignId = (await createOutreach(engine, { leads, name: `Three touches ${Math.random()}` })).id
    await startCampaign(engine.deps, { campaignId, by: BY })
    await engine.work()
  })
  afterAll(async () => {
    await engine.close()
    await inbox.close()
  })

  /** The emails in the sandbox, those to the first lead first. */
  const emails = async () => (await api.sandbox.list({})).rows.sort((a, b) => a.toEmail.localeCompare(b.toEmail))
  return {
    get engine() {
      return engine
    },
    get api() {
      return api
    },
    get ids() {
      return { campaignId, mailboxId }
    },
    emails,
    /** Answers the email of a lead, the first one's unless said otherwise, and reads it as the worker does. */
    answer: async (answer: SandboxAnswer, of = 0) => {
      const email = (await emails())[of]
      if (!email) throw new Error('Nothing lies in the sandbox')
      await api.sandbox.answer({ id: email.id, answer })
      await readAnswers(engine.deps, { mailboxId })
      return email
    },
    /** What became of the lead with this address. */
    leadAt: async (email: string) => {
      const { id, status, awayUntil } = await engine.db.lead.findUniqueOrThrow({ where: { email } })
      const orderBy = { workflowStepNumber: 'asc' } as const
      const planned = await engine.db.scheduledEmail.findMany({ where: { leadId: id }, orderBy })
      return {
        status,
        away: awayUntil?.toISOString() ?? null,
        emails: planned.map((one) => (one.failureReason ? `${one.status}: ${one.failureReason}` : one.status)),
        due: planned.map(({ scheduledFor }) => scheduledFor.toISOString()),
      }
    },
    events: async () =>
      (await api.campaigns.events({ campaignId })).rows
        .filter(({ kind }) => kind === 'answer_read')
        .map((e) => e.message),
  }
}
