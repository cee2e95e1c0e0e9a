import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { updateCampaign } from '@/use-cases/campaigns/update-campaign'
import { sendMailbox } from '@/use-cases/delivery/send-mailbox'
import { updateLead } from '@/use-cases/leads/update-lead'
import { updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { updateSettings } from '@/use-cases/settings/update-settings'
import { updateTemplate } from '@/use-cases/templates/update-template'
import { updateWorkflow } from '@/use-cases/workflows/update-workflow'
import { BY, createEngine, type Engine, readLedger, startOutreach } from '../../support/engine'
import { eventually } from '../../support/worker-process'

type Campaign = Awaited<ReturnType<typeof startOutreach>>

describe('what is saved while a send job is at work', () => {
  let engine: Engine
  let mailboxId: string
  beforeEach(async () => {
    engine = await createEngine()
    ;({ id: mailboxId } = await engine.db.mailbox.findFirstOrThrow())
  })
  afterEach(() => engine.close())

  /**
   * A send job whose first `onTheWire` emails have reached the server, which does not answer yet. Others are made already:
   * a job makes twice as many ahead as it has connections.
   */
  async function sendingUntil(onTheWire: number) {
    const answer = Promise.withResolvers<void>()
    const met = new Set<string>()
    engine.sink.behave = (to) => {
      met.add(to)
      return met.size <= onTheWire ? { at: 'data', until: answer.promise } : undefined
    }
    const job = sendMailbox(engine.deps, { mailboxId })
    await eventually(() => met.size === onTheWire, 'the first emails are on the wire')
    const finish = async () => {
      answer.resolve()
      await job
    }
    return { finish }
  }
  const subjects = () => engine.sink.received.map(({ subject }) => subject)
  const saveMailbox = async (change: Record<string, unknown>) => {
    const seen = await engine.db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } })
    await updateMailbox(engine.deps, {
      mailboxId,
      mailbox: mailboxInput.parse({ ...seen, smtpPassword: undefined, holidays: [], ...change }),
    })
  }
  const saveTemplate = ({ workflow }: Campaign, change: { subject?: string; bodyText?: string }) =>
    updateTemplate(engine.deps, {
      id: workflow.steps[0]?.emailTemplateId ?? '',
      name: 'Step 1',
      subject: 'Step 1 for {{ company_name }}',
      bodyText: 'Hello {{ first_name }}',
      by: BY,
      ...change,
    })

  it('is in every email that leaves a paced mailbox after a pause, a correction and a resume', async () => {
    await engine.db.mailbox.update({ where: { id: mailboxId }, data: { minGapSeconds: 8 } })
    const campaign = await startOutreach(engine, { leads: 3, days: [0] })
    // The job sleeps through the gap with the next email made, and ends once that one has reached the server.
    const answer = Promise.withResolvers<void>()
    const end = new AbortController()
    const met = new Set<string>()
    engine.sink.behave = (to) => {
      if (met.add(to).size === 2) end.abort()
      return met.size === 1 ? { at: 'data', until: answer.promise } : undefined
    }
    const at = (speed: number) => ({ ...engine.deps, clock: { ...engine.clock, speed } })
    const job = sendMailbox(at(2), { mailboxId, signal: end.signal })
    await eventually(() => met.size === 1, 'the first email is on the wire')
    await pauseCampaign(engine.deps, { campaignId: campaign.id, by: BY })
    await saveTemplate(campaign, { subject: 'Corrected' })
    await resumeCampaign(engine.deps, { campaignId: campaign.id, by: BY })
    engine.clock.advance(8000)
    answer.resolve()
    await job
    expect(subjects()).toEqual([expect.stringMatching(/^Step 1 for Company/), 'Corrected'])
    engine.clock.advance(8000)
    await sendMailbox(at(1000), { mailboxId })
    expect(subjects().slice(1)).toEqual(['Corrected', 'Corrected'])
  })

  it('is in all emails of the job but those on the wire, also in those that were made ahead', async () => {
    await engine.db.mailbox.update({ where: { id: mailboxId }, data: { maxConnections: 5 } })
    const campaign = await startOutreach(engine, { leads: 40, days: [0] })
    const { finish } = await sendingUntil(5)
    await saveTemplate(campaign, { subject: 'Corrected' })
    await finish()
    expect(subjects()).toHaveLength(40)
    expect(subjects().filter((subject) => subject === 'Corrected')).toHaveLength(35)
    expect(await readLedger(engine, campaign.id)).toMatchObject({ planned: 40, sent: 40 })
  })

  const SAVES: Record<string, { save: (campaign: Campaign) => Promise<unknown>; old: string; saved: string }> = {
    'the first name of a lead': {
      save: async ({ leads }) => {
        for (const { id } of leads) await updateLead(engine.deps, { id, firstName: 'Grace', by: BY })
      },
      old: 'Hello Ada',
      saved: 'Hello Grace',
    },
    'the sender’s name of the mailbox': {
      save: () => saveMailbox({ fromName: 'Kim Porter' }),
      old: 'From: Sales <',
      saved: 'From: Kim Porter <',
    },
    'the signature of the mailbox': {
      save: () => saveMailbox({ signature: 'Kind regards, Kim' }),
      old: 'Hello Ada',
      saved: 'Kind regards, Kim',
    },
    'the postal address': {
      save: () => updateSettings(engine.deps, { postalAddress: 'Nexa, New Street 2, 20095 Hamburg' }),
      old: 'Main Street 1',
      saved: 'New Street 2',
    },
    'the name of the campaign': {
      save: ({ id }) => updateCampaign(engine.deps, { campaignId: id, patch: { name: 'Renamed' }, by: BY }),
      old: 'about Test campaign',
      saved: 'about Renamed',
    },
  }
  it.each(Object.entries(SAVES))('%s is in the very next email', async (_what, { save, old, saved }) => {
    await engine.db.mailbox.update({ where: { id: mailboxId }, data: { maxConnections: 1 } })
    const body = 'Hello {{ first_name }}, about {{ campaign_name }}'
    const campaign = await startOutreach(engine, { leads: 4, days: [0], body })
    const { finish } = await sendingUntil(1)
    await save(campaign)
    await finish()
    const [first, ...others] = engine.sink.received.map(({ raw }) => raw)
    expect(first).toContain(old)
    expect(first).not.toContain(saved)
    expect(others).toHaveLength(3)
    for (const raw of others) expect(raw).toContain(saved)
  })

  it('holds for whether a step replies in the thread', async () => {
    await engine.db.mailbox.update({ where: { id: mailboxId }, data: { maxConnections: 1 } })
    const campaign = await startOutreach(engine, { leads: 3, days: [0, 1], replyInThread: true })
    await engine.work()
    engine.clock.advanceDays(1)
    const { finish } = await sendingUntil(1)
    const steps = campaign.workflow.steps.map(({ emailTemplateId: templateId, daysAfterPrevious }) => ({
      templateId,
      daysAfterPrevious,
      replyInThread: false,
    }))
    await updateWorkflow(engine.deps, { id: campaign.workflow.id, name: 'No thread', steps, by: BY })
    await finish()
    expect(subjects().slice(3)).toEqual([
      expect.stringMatching(/^Re: Step 1/),
      expect.stringMatching(/^Step 2/),
      expect.stringMatching(/^Step 2/),
    ])
  })

  it.each([
    ['a window that has closed since', { windowDays: [2, 3, 4, 5, 6, 7] }, 1],
    ['a daily limit that is reached', { dailyLimit: 1 }, 1],
    ['another number of connections', { maxConnections: 4 }, 6],
  ])('%s holds for the next email', async (_what, change, sent) => {
    await engine.db.mailbox.update({ where: { id: mailboxId }, data: { maxConnections: 1 } })
    const campaign = await startOutreach(engine, { leads: 6, days: [0] })
    const { finish } = await sendingUntil(1)
    await saveMailbox(change)
    await finish()
    expect(await readLedger(engine, campaign.id)).toMatchObject({ sent, pending: 6 - sent })
  })

  it('puts no email off by a window that was saved away since the email was made', async () => {
    await engine.db.mailbox.update({
      where: { id: mailboxId },
      data: { maxConnections: 1, windowStartMinute: 540, windowEndMinute: 600 },
    })
    const campaign = await startOutreach(engine, { leads: 3, days: [0] })
    const { finish } = await sendingUntil(1)
    await saveMailbox({ windowEndMinute: 1440 })
    // 10:30: the old window is closed, the new one is open.
    engine.clock.advance(90 * 60_000)
    await finish()
    expect(await readLedger(engine, campaign.id)).toMatchObject({ sent: 3 })
  })
})
