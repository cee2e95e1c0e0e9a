import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { holdSendGate } from '@/db/send-gate'
import { execute } from '@/db/sql'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { unsubscribeToken } from '@/lib/encryption'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { stopCampaign } from '@/use-cases/campaigns/stop-campaign'
import { updateCampaign } from '@/use-cases/campaigns/update-campaign'
import { correctMessage } from '@/use-cases/conversations/correct-message'
import { readMailbox } from '@/use-cases/conversations/read-mailbox'
import { sendMailbox } from '@/use-cases/delivery/send-mailbox'
import { planDueBatches } from '@/use-cases/lead-generation/plan-due-batches'
import { deleteLeads } from '@/use-cases/leads/delete-leads'
import { setLeadStatus } from '@/use-cases/leads/set-lead-status'
import { updateLead } from '@/use-cases/leads/update-lead'
import { updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { getSettings } from '@/use-cases/settings/get-settings'
import { updateSettings } from '@/use-cases/settings/update-settings'
import { addSuppression } from '@/use-cases/suppression/add-suppression'
import { importSuppressions } from '@/use-cases/suppression/import-suppressions'
import { unsubscribe } from '@/use-cases/suppression/unsubscribe'
import { updateTemplate } from '@/use-cases/templates/update-template'
import { updateWorkflow } from '@/use-cases/workflows/update-workflow'
import { contactLead } from '../../support/conversation/contacted-lead'
import { createMailboxInMemory } from '../../support/conversation/mailbox-in-memory'
import { READ_AT, sample } from '../../support/conversation/reading-stage'
import { OUR_LEAD } from '../../support/conversation/received'
import {
  BY,
  createOutreach,
  createWorkflow,
  type Engine,
  readLedger,
  startOutreach,
  statusOf,
} from '../../support/engine'
import { openWithSources, startAutomated, workAll } from '../../support/generation'

/**
 * An act after whose commit no SMTP transaction begins that it forbids, and what others see of it: `before` it and
 * `after`.
 */
type Closer = {
  act: () => Promise<unknown>
  seen: () => Promise<unknown>
  before: unknown
  after: unknown
}

/** A started campaign with one email due, to one lead. */
async function oneEmailDue(engine: Engine) {
  const { id, leads } = await startOutreach(engine, { leads: 1, days: [0] })
  const [lead] = leads
  if (!lead) throw new Error('The campaign has no lead')
  const status = async () => (await engine.db.lead.findUnique({ where: { id: lead.id } }))?.status
  const skipped = async () => (await readLedger(engine, id)).skipped
  return { id, lead, status, skipped }
}

/** In the mailbox that has sent the first of three emails lies this message about it. */
async function oneMessageToRead(engine: Engine, raw: Buffer | string, where: 'inbox' | 'sent' = 'inbox') {
  engine.clock.set(READ_AT)
  const { mailboxId, leadId } = await contactLead(engine)
  const server = createMailboxInMemory()
  server.put(where, raw, READ_AT)
  const act = () => readMailbox(engine.deps, { mailboxId, open: server.open })
  const lead = () => engine.db.lead.findUniqueOrThrow({ where: { id: leadId } })
  const skipped = () => engine.db.scheduledEmail.count({ where: { leadId, status: 'skipped' } })
  return { act, lead, skipped, status: async () => (await lead()).status }
}

const readingOf = (name: string, after: string) => async (engine: Engine) => {
  const { act, status } = await oneMessageToRead(engine, sample(name))
  return { act, seen: status, before: 'contacted', after }
}

const CLOSERS: Record<string, (engine: Engine) => Promise<Closer>> = {
  'pausing a campaign': async (engine) => {
    const { id } = await oneEmailDue(engine)
    const act = () => pauseCampaign(engine.deps, { campaignId: id, by: BY })
    return { act, seen: () => statusOf(engine, id), before: 'running', after: 'paused' }
  },
  'stopping a campaign': async (engine) => {
    const { id } = await oneEmailDue(engine)
    const act = () => stopCampaign(engine.deps, { campaignId: id, by: BY })
    return { act, seen: () => statusOf(engine, id), before: 'running', after: 'completed' }
  },
  'starting a campaign': async (engine) => {
    const { id } = await createOutreach(engine, { leads: 1, days: [0] })
    const act = () => startCampaign(engine.deps, { campaignId: id, by: BY })
    return { act, seen: () => statusOf(engine, id), before: 'draft', after: 'running' }
  },
  'planning a batch that a run has found': async (engine) => {
    const id = await startAutomated(engine, { isRecurring: false, recurringInterval: null })
    await workAll(engine)
    engine.clock.advanceDays(1)
    const seen = async () => (await readLedger(engine, id)).planned
    return { act: () => planDueBatches(engine.deps), seen, before: 0, after: 20 }
  },
  'an unsubscribe': async (engine) => {
    const { id, status } = await oneEmailDue(engine)
    const email = await engine.db.scheduledEmail.findFirstOrThrow({ where: { campaignId: id } })
    const token = unsubscribeToken(engine.deps.config.encryptionKey, email.id)
    return { act: () => unsubscribe(engine.deps, { token }), seen: status, before: 'new', after: 'unsubscribed' }
  },
  'giving a lead a status in which it is not mailed': async (engine) => {
    const { lead, status } = await oneEmailDue(engine)
    const act = () => setLeadStatus(engine.deps, { ids: [lead.id], status: 'not_interested', by: BY })
    return { act, seen: status, before: 'new', after: 'not_interested' }
  },
  'setting a lead to replied': async (engine) => {
    const { lead, status } = await oneEmailDue(engine)
    const act = () => setLeadStatus(engine.deps, { ids: [lead.id], status: 'replied', by: BY })
    return { act, seen: status, before: 'new', after: 'replied' }
  },
  'deleting a lead': async (engine) => {
    const { lead, status } = await oneEmailDue(engine)
    const act = () => deleteLeads(engine.deps, { ids: [lead.id], by: BY })
    return { act, seen: status, before: 'new', after: undefined }
  },
  'suppressing an address': async (engine) => {
    const { lead, skipped } = await oneEmailDue(engine)
    const act = () => addSuppression(engine.deps, { value: lead.email, by: BY })
    return { act, seen: skipped, before: 0, after: 1 }
  },
  'importing a suppression list': async (engine) => {
    const { lead, skipped } = await oneEmailDue(engine)
    const act = () => importSuppressions(engine.deps, { fileName: 'list.txt', text: lead.email, by: BY })
    return { act, seen: skipped, before: 0, after: 1 }
  },
  'saving a template': async (engine) => {
    await oneEmailDue(engine)
    const { id, name, bodyText } = await engine.db.emailTemplate.findFirstOrThrow()
    const act = () => updateTemplate(engine.deps, { id, name, subject: 'Corrected', bodyText, by: BY })
    const seen = async () => (await engine.db.emailTemplate.findUniqueOrThrow({ where: { id } })).subject
    return { act, seen, before: 'Step 1 for {{ company_name }}', after: 'Corrected' }
  },
  'saving a mailbox': async (engine) => {
    const { id: mailboxId, ...stored } = await engine.db.mailbox.findFirstOrThrow()
    const mailbox = mailboxInput.parse({ ...stored, holidays: [], fromName: 'Kim' })
    const seen = async () => (await engine.db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } })).fromName
    return { act: () => updateMailbox(engine.deps, { mailboxId, mailbox }), seen, before: 'Sales', after: 'Kim' }
  },
  'saving the settings': async (engine) => {
    const act = () => updateSettings(engine.deps, { companyName: 'Corrected' })
    const seen = async () => (await getSettings(engine.deps)).companyName
    return { act, seen, before: 'Nexa', after: 'Corrected' }
  },
  'saving a workflow': async (engine) => {
    const { id, steps } = await createWorkflow(engine, { days: [0, 1] })
    const act = () =>
      updateWorkflow(engine.deps, {
        id,
        name: 'Corrected',
        steps: steps.map(({ emailTemplateId: templateId, ...step }) => ({ ...step, templateId })),
        by: BY,
      })
    const seen = async () => (await engine.db.workflow.findUniqueOrThrow({ where: { id } })).name
    return { act, seen, before: '2 steps', after: 'Corrected' }
  },
  'saving a lead': async (engine) => {
    const { lead } = await oneEmailDue(engine)
    const act = () => updateLead(engine.deps, { id: lead.id, firstName: 'Grace', by: BY })
    const seen = async () => (await engine.db.lead.findUniqueOrThrow({ where: { id: lead.id } })).firstName
    return { act, seen, before: 'Ada', after: 'Grace' }
  },
  'renaming a running campaign': async (engine) => {
    const { id } = await oneEmailDue(engine)
    const act = () => updateCampaign(engine.deps, { campaignId: id, patch: { name: 'Renamed' }, by: BY })
    const seen = async () => (await engine.db.campaign.findUniqueOrThrow({ where: { id } })).name
    return { act, seen, before: 'Test campaign', after: 'Renamed' }
  },
  'reading a reply': readingOf('human-interested.gmail.en', 'replied'),
  'reading a bounce': readingOf('bounce-hard.postfix-user-unknown.en', 'bounced'),
  'reading a complaint': readingOf('complaint.arf-abuse.en', 'unsubscribed'),
  'reading a wish to get no more': readingOf('stop-sure.please-remove-me.en', 'unsubscribed'),
  'reading an absence': async (engine) => {
    const { act, lead } = await oneMessageToRead(engine, sample('away-2027-01-04.exchange.en'))
    const seen = async () => (await lead()).awayUntil?.toISOString() ?? null
    return { act, seen, before: null, after: '2027-01-05T00:00:00.000Z' }
  },
  'reading what somebody of us wrote by hand': async (engine) => {
    const raw = `From: sam@nexa.example\r\nTo: ${OUR_LEAD}\r\nMessage-ID: <hand@nexa.example>\r\n\r\nAs promised.\r\n`
    const { act, skipped } = await oneMessageToRead(engine, raw, 'sent')
    return { act, seen: skipped, before: 0, after: 2 }
  },
  'correcting what a message is': async (engine) => {
    const { act, status } = await oneMessageToRead(engine, sample('away-2027-01-04.exchange.en'))
    await act()
    const { id } = await engine.db.receivedMessage.findFirstOrThrow()
    const correct = () => correctMessage(engine.deps, { id, to: 'reply', by: BY })
    return { act: correct, seen: status, before: 'contacted', after: 'replied' }
  },
  'recording that an address does not exist': async (engine) => {
    const { status } = await oneEmailDue(engine)
    const { id: mailboxId } = await engine.db.mailbox.findFirstOrThrow()
    engine.sink.behave = () => ({ at: 'rcpt', code: 550, message: '5.1.1 User unknown' })
    return { act: () => sendMailbox(engine.deps, { mailboxId }), seen: status, before: 'new', after: 'invalid' }
  },
}

describe('while a sender has passed the gate and its SMTP transactions begin', () => {
  let engine: Engine
  let close: () => Promise<void>
  beforeEach(async () => {
    ;({ engine, close } = await openWithSources())
  })
  afterEach(() => close())

  /** Whether a session waits for the gate; false when `acting` ends without. */
  async function waitsAtTheGate(acting: Promise<unknown>): Promise<boolean> {
    let ended = false
    const end = () => {
      ended = true
    }
    acting.then(end, end)
    while (!ended) {
      const waiting = await execute(engine.deps.sql)`
        SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
      if (waiting > 0) return true
    }
    return false
  }

  it.each(Object.entries(CLOSERS))('%s waits, and commits once the gate is left', async (_name, prepare) => {
    const { act, seen, before, after } = await prepare(engine)
    const gate = await holdSendGate(engine.deps.sql)
    const acting = act()
    try {
      expect(await waitsAtTheGate(acting)).toBe(true)
      expect(await seen()).toEqual(before)
    } finally {
      await gate.release()
      await acting
    }
    expect(await seen()).toEqual(after)
  })
})
