import { afterEach, beforeEach, expect, it } from 'vitest'
import { EMPTY_LEDGER } from '@/domain/campaign/progress'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { getCampaign } from '@/use-cases/campaigns/get-campaign'
import { resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { BY, createEngine, type Engine, readLedger, startOutreach, statusOf } from '../../../support/engine'
import { expectNobodyHarmed, fixTemplate, startRefusingServer } from '../../../support/servers/refusing-server'

const REJECTED = '550 5.7.1 message content rejected'
const HOUR_MS = 3_600_000

let engine: Engine
let server: Awaited<ReturnType<typeof startRefusingServer>> | undefined
const serve = async (options: Parameters<typeof startRefusingServer>[1]) => {
  server = await startRefusingServer(engine, options)
  return server
}
beforeEach(async () => {
  engine = await createEngine()
})
afterEach(async () => {
  await engine.close()
  await server?.close()
})

const healthOf = (id: string) => engine.db.mailbox.findUniqueOrThrow({ where: { id } })
const saveAnew = async (mailboxId: string) => {
  const mailbox = mailboxInput.parse({
    ...{ name: 'Fixed', kind: 'environment', fromName: 'Ada', fromEmail: 'ada@nexa.example', maxConnections: 1 },
  })
  await updateMailbox(engine.deps, { mailboxId, mailbox })
}
/** Lets the emails of two campaigns leave in turns, the first one's first. */
const interleave = (first: string, second: string) =>
  engine.pool.query(
    `WITH turn AS (
       SELECT id, 2 * row_number() OVER (PARTITION BY campaign_id ORDER BY id) + (campaign_id = $2)::int AS place
       FROM scheduled_emails WHERE campaign_id IN ($1, $2) AND workflow_step_number = 1)
     UPDATE scheduled_emails se SET scheduled_for = scheduled_for - interval '1 hour' + turn.place * interval '1 second'
     FROM turn WHERE turn.id = se.id`,
    [first, second],
  )

it.each([1, 5])(
  'with %i connections, a campaign whose every content is refused pauses at the third; all go back, and leave after the fix',
  async (connections) => {
    const { id, workflow } = await startOutreach(engine, { leads: 20, days: [0, 1] })
    const { offered, mailboxId } = await serve({
      connections,
      refuse: (message) => (message.includes('Subject: Step 1') ? REJECTED : undefined),
    })
    await engine.work()
    // Three, and what was on its way beside the third.
    expect(offered.length).toBeGreaterThanOrEqual(3)
    expect(offered.length).toBeLessThanOrEqual(3 + 2 * connections)
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 40, pending: 40 })
    await expectNobodyHarmed(engine, id)
    expect(await engine.db.campaign.findUnique({ where: { id } })).toMatchObject({ emailsFailedCount: 0 })
    const templateId = workflow.steps[0]?.emailTemplateId
    expect(await getCampaign(engine.deps, { campaignId: id })).toMatchObject({
      status: 'paused',
      statusReason: `emails were refused for their content: ${REJECTED}`,
      templateAtFault: { id: templateId, name: 'Step 1' },
    })
    expect(await healthOf(mailboxId)).toMatchObject({ health: 'ready' })

    await fixTemplate(engine, templateId)
    await resumeCampaign(engine.deps, { campaignId: id, by: BY })
    engine.clock.advance(HOUR_MS)
    await engine.work()
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 40, sent: 20, pending: 20 })
    engine.clock.advanceDays(2)
    await engine.work()
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 40, sent: 40 })
    expect(await statusOf(engine, id)).toBe('completed')
  },
)

it('pauses one of two campaigns in turns when the other passes, and neither mailbox nor the other pays', async () => {
  const bad = await startOutreach(engine, { leads: 6, days: [0], name: 'Bad', body: 'cheap {{ first_name }}' })
  const good = await startOutreach(engine, { leads: 6, days: [0], name: 'Good' })
  await interleave(bad.id, good.id)
  const { mailboxId } = await serve({
    refuse: (message) => (message.includes('cheap') ? REJECTED : undefined),
  })
  await engine.work()
  expect(await statusOf(engine, bad.id)).toBe('paused')
  expect(await readLedger(engine, bad.id)).toEqual({ ...EMPTY_LEDGER, planned: 6, pending: 6 })
  await expectNobodyHarmed(engine, bad.id)
  expect(await readLedger(engine, good.id)).toEqual({ ...EMPTY_LEDGER, planned: 6, sent: 6 })
  expect(await healthOf(mailboxId)).toMatchObject({ health: 'ready', healthReason: null })
})

it.each(['in turns', 'one after the other'])(
  'stops the mailbox when the contents of two campaigns are refused alike, %s; both go on after the fix',
  async (how) => {
    const [one, two] = [
      await startOutreach(engine, { leads: 6, days: [0], name: 'One' }),
      await startOutreach(engine, { leads: 6, days: [0], name: 'Two' }),
    ]
    if (how === 'in turns') await interleave(one.id, two.id)
    else
      await engine.db.scheduledEmail.updateMany({
        where: { campaignId: one.id },
        data: { scheduledFor: new Date(engine.clock.now().getTime() - HOUR_MS) },
      })
    let isRefused = true
    const { offered, mailboxId } = await serve({ refuse: () => (isRefused ? REJECTED : undefined) })
    await engine.work()
    // Three, or three and one of the other, and what was on its way.
    expect(offered.length).toBeLessThanOrEqual(how === 'in turns' ? 5 : 8)
    const mailbox = await healthOf(mailboxId)
    expect(mailbox).toMatchObject({ health: 'stopped' })
    expect(mailbox.healthReason).toContain(REJECTED)
    // The one that was tried first was paused before the other showed that it is not at fault.
    expect(await statusOf(engine, one.id)).toBe(how === 'in turns' ? 'running' : 'paused')
    expect(await statusOf(engine, two.id)).toBe('running')
    for (const { id } of [one, two])
      expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 6, pending: 6 })
    await expectNobodyHarmed(engine, one.id, two.id)

    isRefused = false
    await saveAnew(mailboxId)
    if (how !== 'in turns') await resumeCampaign(engine.deps, { campaignId: one.id, by: BY })
    engine.clock.advance(HOUR_MS)
    await engine.work()
    for (const { id } of [one, two]) {
      expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 6, sent: 6 })
      expect(await statusOf(engine, id)).toBe('completed')
    }
  },
)

it('gives back what another mailbox’s server had refused of the campaign in the same way', async () => {
  const { id } = await startOutreach(engine, { leads: 10, days: [0] })
  const { mailboxId } = await serve({ refuse: () => REJECTED })
  const { id: _, ...copy } = await healthOf(mailboxId)
  const second = await engine.db.mailbox.create({ data: { ...copy, name: 'Second', fromEmail: 'two@nexa.example' } })
  await engine.db.campaignMailbox.create({ data: { campaignId: id, mailboxId: second.id } })
  const [a, b] = await engine.db.scheduledEmail.findMany({ where: { campaignId: id }, orderBy: { id: 'asc' } })
  // Two are the second mailbox's, and leave before those of the first.
  await engine.db.scheduledEmail.updateMany({
    where: { campaignId: id, id: { notIn: [a?.id ?? '', b?.id ?? ''] } },
    data: { scheduledFor: new Date(engine.clock.now().getTime() + HOUR_MS) },
  })
  await engine.db.scheduledEmail.updateMany({
    where: { id: { in: [a?.id ?? '', b?.id ?? ''] } },
    data: { mailboxId: second.id },
  })
  await engine.work()
  expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 10, failed: 2, pending: 8 })
  engine.clock.advance(HOUR_MS)
  await engine.work()
  expect(await statusOf(engine, id)).toBe('paused')
  expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 10, pending: 10 })
  await expectNobodyHarmed(engine, id)
  expect(await engine.db.mailboxRefusal.count({ where: { mailboxId: second.id } })).toBe(0)
})

it.each([
  '554 Message rejected: Sending paused for this account. For more information, please check the inbox of the email address associated with your AWS account.',
  '550 5.7.1 Unconfigured Sending Domain <nexa.example>',
])(
  'stops the mailbox at the first answer that speaks of its account, and all leave after the repair: %s',
  async (answer) => {
    const { id } = await startOutreach(engine, { leads: 12, days: [0] })
    let isPaused = true
    const { offered, mailboxId } = await serve({ refuse: () => (isPaused ? answer : undefined) })
    await engine.work()
    // One, and what was on its way beside it.
    expect(offered.length).toBeLessThanOrEqual(1 + 2)
    expect(await healthOf(mailboxId)).toMatchObject({ health: 'stopped', healthReason: answer })
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 12, pending: 12 })
    await expectNobodyHarmed(engine, id)
    expect(await statusOf(engine, id)).toBe('running')

    isPaused = false
    await saveAnew(mailboxId)
    engine.clock.advance(HOUR_MS)
    await engine.work()
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 12, sent: 12 })
  },
)
