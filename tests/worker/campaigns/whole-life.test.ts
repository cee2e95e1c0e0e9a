import { afterAll, beforeAll, expect, it } from 'vitest'
import { localDate } from '@/domain/time/local-time'
import { forecastCampaign } from '@/use-cases/campaigns/forecast-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { updateCampaign } from '@/use-cases/campaigns/update-campaign'
import { deleteLeads } from '@/use-cases/leads/delete-leads'
import { importLeads } from '@/use-cases/leads/import-leads'
import { setLeadStatus } from '@/use-cases/leads/set-lead-status'
import { getProgress } from '@/use-cases/progress/get-progress'
import { unsubscribe } from '@/use-cases/suppression/unsubscribe'
import { BY, createEngine, createOutreach, type Engine, readLedger, statusOf } from '../../support/engine'

const ZONE = 'Europe/Berlin'
const WINDOW = { timezone: ZONE, windowDays: [1, 2, 3, 4, 5], windowStartMinute: 540, windowEndMinute: 1020 }

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

const today = () => localDate(engine.clock.now(), ZONE)

/** Works minute by minute, as a worker does, until nothing more is due on this day; tells how many emails left on it. */
async function workThroughDay(): Promise<number> {
  const day = today()
  const before = engine.sink.received.length
  while (today() === day) {
    await engine.work()
    const { _min } = await engine.db.scheduledEmail.aggregate({
      where: { status: 'pending', campaign: { status: 'running' } },
      _min: { scheduledFor: true },
    })
    const due = _min.scheduledFor?.getTime() ?? Infinity
    const next = Math.max(due, engine.clock.now().getTime() + 60_000)
    if (!Number.isFinite(next) || localDate(new Date(next), ZONE) !== day) break
    engine.clock.set(new Date(next))
  }
  return engine.sink.received.length - before
}
const emailsTo = (addresses: readonly string[]) =>
  engine.sink.received.filter(({ to }) => addresses.includes(to)).length
const linkIn = (raw: string) => /\/u\/([\w-]{44})/.exec(raw.replaceAll('=\r\n', ''))?.[1] ?? ''

it('50 leads, 3 steps, two mailboxes of which one keeps ten minutes: what leaves is the forecast, day by day, less whoever dropped out', async () => {
  const first = await engine.db.mailbox.findFirstOrThrow()
  await engine.db.mailbox.update({ where: { id: first.id }, data: { ...WINDOW, dailyLimit: 60 } })
  const { id: _, ...copy } = await engine.db.mailbox.findFirstOrThrow()
  const paced = await engine.db.mailbox.create({ data: { ...copy, name: 'Paced', minGapSeconds: 600 } })
  engine.clock.set('2026-11-23T08:30:00Z')
  const { id, batch, leads } = await createOutreach(engine, {
    leads: 50,
    days: [0, 1, 2],
    timezone: ZONE,
    name: 'Life',
  })
  await updateCampaign(engine.deps, { campaignId: id, patch: { mailboxIds: [first.id, paced.id] }, by: BY })
  const forecast = await forecastCampaign(engine.deps, { campaignId: id })
  expect(forecast).toMatchObject({ leads: 50, emails: 150 })
  expect(forecast.days.map(({ day, total }) => [day, total])).toEqual([
    ['2026-11-23', 50],
    ['2026-11-24', 50],
    ['2026-11-26', 50],
  ])
  expect(await startCampaign(engine.deps, { campaignId: id, by: BY })).toMatchObject({ emailsScheduled: 150 })

  // One lead loses the value that its email needs.
  const [unmade] = leads
  await engine.db.lead.update({ where: { id: unmade?.id }, data: { companyName: null } })
  expect(await workThroughDay()).toBe(49)
  const progress = await getProgress(engine.deps, { campaignId: id })
  expect(progress.ledger).toMatchObject({ planned: 150, sent: 49, failed: 1, skipped: 2, pending: 98 })
  expect(progress.failures).toEqual([{ reason: 'No value for company_name.', count: 1, lead: 'Ada Lead1' }])
  const shares = await engine.db.scheduledEmail.groupBy({ by: ['mailboxId'], where: { status: 'sent' }, _count: true })
  expect(shares.every(({ _count }) => _count > 10)).toBe(true)

  // Five have answered.
  const replied = leads.slice(10, 15)
  await setLeadStatus(engine.deps, { ids: replied.map((lead) => lead.id), status: 'replied', by: BY })

  // Five are deleted, come back by an import into another campaign, and only then click their link.
  const gone = leads.slice(20, 25).map((lead) => lead.email)
  const links = engine.sink.received.filter(({ to }) => gone.includes(to)).map(({ raw }) => linkIn(raw))
  expect(new Set(links).size).toBe(5)
  await deleteLeads(engine.deps, { ids: leads.slice(20, 25).map((lead) => lead.id), by: BY })
  const rows = gone.map((email) => `${email},Ada,Again`).join('\n')
  const text = `email,first name,company\n${rows}\n`
  const again = await importLeads(engine.deps, { fileName: 'again.csv', text, by: BY })
  expect(again).toMatchObject({ added: 5, mailedBefore: 5 })
  const other = await createOutreach(engine, { leads: 0, days: [0, 1], name: 'Again', batchIds: [again.batchId ?? ''] })
  await startCampaign(engine.deps, { campaignId: other.id, by: BY })
  for (const token of links) expect(await unsubscribe(engine.deps, { token })).toBe(true)

  // Tuesday and Thursday: all but those eleven.
  for (const day of ['2026-11-24', '2026-11-26']) {
    engine.clock.set(`${day}T08:00:00Z`)
    expect(await workThroughDay()).toBe((forecast.days.find((entry) => entry.day === day)?.total ?? 0) - 11)
  }
  expect(emailsTo(replied.map(({ email }) => email))).toBe(5)
  expect(emailsTo(gone)).toBe(5)
  expect(emailsTo([unmade?.email ?? ''])).toBe(0)

  // The ledger balances: 45 leads are left of it, and each of their 135 emails is accounted for.
  expect(await readLedger(engine, id)).toEqual({
    ...{ planned: 135, pending: 0, sending: 0, held: 0, cancelled: 0 },
    ...{ sent: 39 * 3 + 5, failed: 1, skipped: 2 + 5 * 2 },
  })
  expect(await statusOf(engine, id)).toBe('completed')
  expect(await readLedger(engine, other.id)).toMatchObject({ planned: 10, sent: 0, skipped: 10 })
  expect(await statusOf(engine, other.id)).toBe('completed')
  expect(await engine.db.leadBatch.findUniqueOrThrow({ where: { id: batch.id } })).toMatchObject({
    activeCampaignId: null,
  })
})
