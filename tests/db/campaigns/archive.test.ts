import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { holdSendGate } from '@/db/send-gate'
import { execute } from '@/db/sql'
import { CAMPAIGN_STATUSES } from '@/domain/campaign/state'
import { listCampaigns } from '@/use-cases/campaigns/list-campaigns'
import { archiveCampaign, unarchiveCampaign } from '@/use-cases/campaigns/remove-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { stopCampaign } from '@/use-cases/campaigns/stop-campaign'
import { BY, createEngine, createOutreach, type Engine, readLedger } from '../../support/engine'
import { untilBlocked } from '../../support/until-blocked'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  await engine.db.campaign.deleteMany()
})

const list = (archived = false, search?: string) =>
  listCampaigns(engine.deps, { type: 'outreach', archived, ...(search ? { search } : {}) })
const names = async (archived?: boolean) => (await list(archived)).rows.map(({ name }) => name)
const archive = (campaignId: string) => archiveCampaign(engine.deps, { campaignId, by: BY })

it('takes a campaign that is over off the list, with its numbers, and brings it back as it was', async () => {
  const { id } = await createOutreach(engine, { leads: 2, name: 'Spring' })
  await createOutreach(engine, { leads: 1, name: 'Summer' })
  await startCampaign(engine.deps, { campaignId: id, by: BY })
  await stopCampaign(engine.deps, { campaignId: id, by: BY })
  const before = (await list()).rows.find((row) => row.id === id)
  await archive(id)
  // Twice is no error, and no second event.
  await archive(id)
  expect(await names()).toEqual(['Summer'])
  const archived = await list(true)
  expect(archived).toMatchObject({
    total: 1,
    archived: 1,
    byStatus: { completed: 0, draft: 1 },
    byType: { outreach: 1 },
  })
  // Of the sandbox it is known at any moment what was answered.
  const asOf = expect.any(Date)
  expect({ ...archived.rows[0], archivedAt: null }).toEqual({ ...before, reading: { ...before?.reading, asOf } })
  expect(await readLedger(engine, id)).toMatchObject({ planned: 6, cancelled: 6 })
  expect((await list(true, 'Summer')).archived).toBe(0)
  await unarchiveCampaign(engine.deps, { campaignId: id, by: BY })
  expect([await names(), await names(true)]).toEqual([['Summer', 'Spring'], []])
  const kinds = (await engine.db.campaignEvent.findMany({ where: { campaignId: id } })).map(({ kind }) => kind)
  expect(kinds.filter((kind) => kind.includes('archived'))).toEqual(['archived', 'unarchived'])
})

it('refuses what still has anything to come, whatever it is', async () => {
  const { id } = await createOutreach(engine, { name: 'Open' })
  for (const status of CAMPAIGN_STATUSES) {
    await engine.db.campaign.update({ where: { id }, data: { status, archivedAt: null } })
    if (['draft', 'completed', 'failed'].includes(status)) await archive(id)
    else await expect(archive(id)).rejects.toThrow(`"Open" is ${status}, so it was not archived`)
    const { archivedAt } = await engine.db.campaign.findUniqueOrThrow({ where: { id } })
    expect([status, archivedAt !== null]).toEqual([status, ['draft', 'completed', 'failed'].includes(status)])
  }
})

it('refuses what has emails of which nobody knows whether they left, however it ended, and says what to do', async () => {
  const { id } = await createOutreach(engine, { leads: 2, name: 'Broken' })
  await startCampaign(engine.deps, { campaignId: id, by: BY })
  const [first, second] = await engine.db.scheduledEmail.findMany({
    where: { campaignId: id, workflowStepNumber: 1 },
    orderBy: { id: 'asc' },
  })
  const at = engine.clock.now()
  const onTheWire = { claim: 1, sendingSince: at, leaseUntil: at }
  const set = (email: { id: string } | undefined, data: object) =>
    engine.db.scheduledEmail.update({ where: { id: email?.id ?? '' }, data })
  await set(first, { status: 'held', heldAt: at, ...onTheWire, leaseUntil: null })
  await set(second, { status: 'sending', ...onTheWire })
  for (const ended of [{ status: 'failed' as const, failedAt: at }, null]) {
    if (ended) await engine.db.campaign.update({ where: { id }, data: ended })
    else await stopCampaign(engine.deps, { campaignId: id, by: BY })
    await expect(archive(id)).rejects.toThrow(
      '"Broken" has 1 held email, so it was not archived: nobody would decide over it. Open its emails and choose',
    )
    expect(await names()).toEqual(['Broken'])
  }
  await set(first, { status: 'sent', sentAt: at, heldAt: null })
  await expect(archive(id)).rejects.toThrow('"Broken" has 1 email on the way, so it was not archived. Try again when')
  await set(second, { status: 'failed', leaseUntil: null, sendingSince: null, failureReason: 'Refused' })
  // Another campaign's are its own.
  const { id: other } = await createOutreach(engine, { leads: 1, name: 'Other', batchIds: [] })
  expect(other).not.toBe(id)
  await archive(id)
  expect(await names(true)).toEqual(['Broken'])
})

it('is not archived over an email that a sender is just beginning', async () => {
  const { id } = await createOutreach(engine, { leads: 1, name: 'Racing' })
  await startCampaign(engine.deps, { campaignId: id, by: BY })
  await engine.db.campaign.update({ where: { id }, data: { status: 'failed', failedAt: engine.clock.now() } })
  const gate = await holdSendGate(engine.deps.sql, 600_000)
  try {
    const at = engine.clock.now()
    await execute(gate.tx)`
      UPDATE scheduled_emails SET status = 'sending', claim = 1, sending_since = ${at}, lease_until = ${at}
      WHERE campaign_id = ${id}::uuid AND workflow_step_number = 1`
    const archiving = archive(id)
    await untilBlocked(engine.deps.sql, archiving)
    await gate.release()
    await expect(archiving).rejects.toThrow('"Racing" has 1 email on the way')
  } finally {
    await gate.release()
  }
})

it('counts the archive by status where one is asked for, and in all where none is', async () => {
  const states = ['draft', 'failed', 'failed', 'completed'] as const
  for (const [index, status] of states.entries()) {
    const { id } = await createOutreach(engine, { name: `Old ${index}`, batchIds: [] })
    await engine.db.campaign.update({ where: { id }, data: { status, archivedAt: engine.clock.now() } })
  }
  const asked = (status?: 'failed' | 'running') =>
    listCampaigns(engine.deps, { type: 'outreach', archived: true, ...(status ? { status } : {}) })
  for (const [status, total] of [
    [undefined, 4],
    ['failed', 2],
    ['running', 0],
  ] as const) {
    const found = await asked(status)
    expect([found.total, found.rows.length, found.archived]).toEqual([total, total, 4])
  }
})

it('brings an archived campaign back by itself when it starts', async () => {
  const { id } = await createOutreach(engine, { leads: 1, name: 'Draft' })
  await archive(id)
  await startCampaign(engine.deps, { campaignId: id, by: BY })
  expect(await names()).toEqual(['Draft'])
  await expect(engine.db.campaign.update({ where: { id }, data: { archivedAt: new Date() } })).rejects.toThrow()
})
