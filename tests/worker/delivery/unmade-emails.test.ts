import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { failUnmadeIf } from '@/db/queries/delivery/fail-unmade'
import { selectEmailFacts } from '@/db/queries/delivery/select-due-emails'
import { EMPTY_LEDGER } from '@/domain/campaign/progress'
import { getCampaign } from '@/use-cases/campaigns/get-campaign'
import { listCampaignEvents } from '@/use-cases/campaigns/list-campaign-events'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { retryFailed } from '@/use-cases/delivery/retry-failed'
import { updateLead } from '@/use-cases/leads/update-lead'
import { getProgress } from '@/use-cases/progress/get-progress'
import { updateTemplate } from '@/use-cases/templates/update-template'
import { BY, createEngine, type Engine, readLedger, startOutreach, statusOf } from '../../support/engine'

describe('an email that cannot be made', () => {
  let engine: Engine
  beforeEach(async () => {
    engine = await createEngine()
  })
  afterEach(() => engine.close())

  /** The first emails of a campaign in the order in which they leave. */
  const firstEmails = (campaignId: string) =>
    engine.db.scheduledEmail.findMany({
      where: { campaignId, workflowStepNumber: 1 },
      orderBy: { id: 'asc' },
      include: { lead: true },
    })
  /** Takes a value from the leads at these places in the queue. */
  async function take(campaignId: string, field: 'companyName' | 'city', ...places: number[]) {
    const emails = await firstEmails(campaignId)
    const ids = places.flatMap((place) => emails[place]?.leadId ?? [])
    await engine.db.lead.updateMany({ where: { id: { in: ids } }, data: { [field]: null } })
    return emails.flatMap(({ lead }, place) => (places.includes(place) ? [lead] : []))
  }
  const messages = async (campaignId: string) =>
    (await listCampaignEvents(engine.deps, { campaignId })).rows.map(({ message }) => message)

  it('fails alone and names its lead; the others leave, its later steps are skipped, and the campaign completes', async () => {
    const { id } = await startOutreach(engine, { leads: 20, days: [0, 1] })
    const [lead] = await take(id, 'companyName', 3)
    await engine.work()
    expect(await readLedger(engine, id)).toEqual({
      ...EMPTY_LEDGER,
      planned: 40,
      sent: 19,
      failed: 1,
      skipped: 1,
      pending: 19,
    })
    expect(await statusOf(engine, id)).toBe('running')
    expect(
      await engine.db.scheduledEmail.findMany({
        where: { campaignId: id, leadId: lead?.id ?? '' },
        select: { status: true, failureReason: true, retryCount: true },
        orderBy: { workflowStepNumber: 'asc' },
      }),
    ).toEqual([
      { status: 'failed', failureReason: 'No value for company_name.', retryCount: 0 },
      { status: 'skipped', failureReason: 'previous_step_not_delivered', retryCount: 0 },
    ])
    expect(await messages(id)).toContain(
      `Step 1 (“Step 1”) could not be made for ${lead?.contactName}, ${lead?.email}: No value for company_name.`,
    )
    const { failures } = await getProgress(engine.deps, { campaignId: id })
    expect(failures).toEqual([{ reason: 'No value for company_name.', count: 1, lead: lead?.contactName }])
    engine.clock.advanceDays(1)
    await engine.work()
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 40, sent: 38, failed: 1, skipped: 1 })
    expect(await statusOf(engine, id)).toBe('completed')
    expect(await engine.db.campaign.findUnique({ where: { id } })).toMatchObject({ emailsFailedCount: 1 })
  })

  it('leaves with all its steps when it is retried after the value was filled in', async () => {
    const { id } = await startOutreach(engine, { leads: 2, days: [0, 1] })
    const [lead] = await take(id, 'companyName', 0)
    await engine.work()
    await updateLead(engine.deps, { id: lead?.id ?? '', companyName: 'Filled in', by: BY })
    expect(await retryFailed(engine.deps, { campaignId: id, by: BY })).toEqual({ reopened: 1, leftOut: [] })
    await engine.work()
    engine.clock.advanceDays(1)
    await engine.work()
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 4, sent: 4 })
    expect(engine.sink.received.map(({ subject }) => subject)).toContain('Step 1 for Filled in')
    expect(await statusOf(engine, id)).toBe('completed')
  })

  it('pauses the campaign as the third in a row with the same fault, and names template and variable', async () => {
    const { id, workflow } = await startOutreach(engine, { leads: 20, days: [0] })
    await take(id, 'companyName', 5, 6, 7, 8)
    await engine.work()
    expect(await readLedger(engine, id)).toMatchObject({ failed: 3, sent: 0, pending: 17 })
    const templateId = workflow.steps[0]?.emailTemplateId ?? ''
    expect(await getCampaign(engine.deps, { campaignId: id })).toMatchObject({
      status: 'paused',
      statusReason: 'template “Step 1” could not be made for 3 leads in a row: No value for company_name.',
      templateAtFault: { id: templateId, name: 'Step 1' },
    })
    const content = { name: 'Step 1', subject: 'Hello {{ company_name | default: "there" }}', bodyText: 'Hello' }
    await updateTemplate(engine.deps, { id: templateId, ...content, by: BY })
    await resumeCampaign(engine.deps, { campaignId: id, by: BY })
    await retryFailed(engine.deps, { campaignId: id, by: BY })
    await engine.work()
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 20, sent: 20 })
    expect((await getCampaign(engine.deps, { campaignId: id })).templateAtFault).toBeNull()
  })

  it('names no template where a person pauses after that', async () => {
    const { id } = await startOutreach(engine, { leads: 5, days: [0] })
    await take(id, 'companyName', 0, 1, 2)
    await engine.work()
    await resumeCampaign(engine.deps, { campaignId: id, by: BY })
    await pauseCampaign(engine.deps, { campaignId: id, by: BY })
    expect((await getCampaign(engine.deps, { campaignId: id })).templateAtFault).toBeNull()
  })

  it('pauses nothing where one that could be made stands between, nor for different faults', async () => {
    const { id } = await startOutreach(engine, { leads: 12, days: [0] })
    await take(id, 'companyName', 0, 1, 3, 4, 6)
    await engine.work()
    expect(await readLedger(engine, id)).toMatchObject({ sent: 7, failed: 5 })
    expect(await statusOf(engine, id)).toBe('completed')

    const body = 'Hello {{ first_name }} in {{ city }}'
    const other = await createDraftWithCities(body)
    await take(other, 'companyName', 0, 2)
    await take(other, 'city', 1, 2)
    await engine.work()
    expect(await readLedger(engine, other)).toMatchObject({ sent: 7, failed: 3 })
    expect(await statusOf(engine, other)).toBe('completed')
  })

  /** A started campaign of ten leads with a city each. */
  async function createDraftWithCities(body: string): Promise<string> {
    const { id, workflow } = await startOutreach(engine, { leads: 10, days: [0] })
    await engine.db.lead.updateMany({ data: { city: 'Hamburg' } })
    await engine.db.emailTemplate.update({
      where: { id: workflow.steps[0]?.emailTemplateId ?? '' },
      data: { bodyText: body },
    })
    return id
  }

  it('counts over jobs, one email a day', async () => {
    const { id } = await startOutreach(engine, { leads: 4, days: [0] })
    await take(id, 'companyName', 0, 1, 2)
    const emails = await firstEmails(id)
    const due = (day: number) => new Date(engine.clock.now().getTime() + day * 86_400_000)
    for (const [day, { id: emailId }] of emails.entries())
      await engine.db.scheduledEmail.update({ where: { id: emailId }, data: { scheduledFor: due(day) } })
    const seen: string[] = []
    for (let day = 0; day < 3; day++) {
      await engine.work()
      seen.push(await statusOf(engine, id))
      engine.clock.advanceDays(1)
    }
    expect(seen).toEqual(['running', 'running', 'paused'])
  })

  it('fails for whatever reason it cannot be made', async () => {
    const { id, workflow } = await startOutreach(engine, { leads: 4, days: [0] })
    await take(id, 'companyName', 2)
    await engine.db.emailTemplate.update({
      where: { id: workflow.steps[0]?.emailTemplateId ?? '' },
      data: { subject: '{% if company_name %}Hello{% endif %}' },
    })
    await engine.work()
    expect(await readLedger(engine, id)).toMatchObject({ sent: 3, failed: 1 })
    const { failures } = await getProgress(engine.deps, { campaignId: id })
    expect(failures).toMatchObject([{ reason: 'The subject is empty for this lead.', count: 1 }])
  })

  it.each([
    ['its lead was saved', async (leadId: string) => updateLead(engine.deps, { id: leadId, city: 'Berlin', by: BY })],
    [
      'its campaign was paused',
      async (_: string, id: string) => pauseCampaign(engine.deps, { campaignId: id, by: BY }),
    ],
  ])('does not fail any more once %s', async (_what, change) => {
    const { id } = await startOutreach(engine, { leads: 1, days: [0, 1] })
    const [email] = await firstEmails(id)
    const [facts] = await selectEmailFacts(engine.deps.sql, [email?.id ?? ''])
    if (!email || !facts) throw new Error('There is no email')
    await change(email.leadId, id)
    expect(await failUnmadeIf(engine.deps.sql, { ...facts, reason: 'Old' }, engine.clock.now())).toBeNull()
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 2, pending: 2 })
    expect(await messages(id)).not.toContain(expect.stringContaining('Old'))
  })
})
