import { describe, expect, it } from 'vitest'
import {
  lockRunningCampaign,
  markRunPlannedIf,
  selectDueOutreach,
  selectLeadsToPlan,
  selectPlannedOfCampaign,
} from '@/db/queries/lead-generation/plan-run'
import {
  giveRunItsBatch,
  type HashedFound,
  insertFoundLeads,
  selectLeadsFoundBefore,
  selectLeadsSeenBefore,
} from '@/db/queries/lead-generation/store-found-leads'

import { addressHash } from '@/lib/encryption'
import { startOutreach } from '../../support/engine'
import { allWithRows } from '../../support/rows'

const given = allWithRows()
const { run, now, inHours } = given

/** A lead, found or not, in these batches. */
async function lead(
  name: string,
  data: { source?: string; sourceRef?: string; status?: string } = {},
  ...batches: string[]
) {
  const { id } = await given.engine.db.lead.create({
    data: {
      ...{ email: `${name}@customer.example`, companyName: name, ...data },
      batches: { createMany: { data: batches.map((batchId) => ({ batchId })) } },
    },
  })
  return id
}
const suppress = (name: string) =>
  given.engine.db.suppression.create({
    data: { kind: 'address', value: `${name}@customer.example`, reason: 'manual', source: 'test' },
  })

describe('planning what a run has found', () => {
  const over = { status: 'completed' }

  it('is due for good runs of campaigns that run, from the very moment on, the longest due first', async () => {
    const running = await given.rows.campaign('running')
    await given.rows.run('due', running, { ...over, outreachAt: now() })
    await given.rows.run('due before', running, { ...over, outreachAt: inHours(-1) })
    await given.rows.run('not due', running, { ...over, outreachAt: inHours(1) })
    await given.rows.run('without outreach', running, { status: 'completed' })
    await given.rows.run('planned', running, { ...over, outreachAt: now(), plannedAt: now() })
    await given.rows.run('stopped', running, { status: 'stopped', outreachAt: now() })
    const paused = await given.rows.campaign('paused', { status: 'paused' })
    await given.rows.run('of a paused campaign', paused, { ...over, outreachAt: now() })
    const due = await selectDueOutreach(given.engine.deps.sql, now())
    expect(due.map(({ runId }) => given.rows.nameOf(runId))).toEqual(['due before', 'due'])
  })

  it('is done once, for the run that is named', async () => {
    const campaignId = await given.rows.campaign('running')
    const batchId = await given.rows.batch('found')
    const wanted = await given.rows.run('named', campaignId, { ...over, outreachAt: now(), batchId })
    await given.rows.run('not named', campaignId, { ...over, outreachAt: now() })
    const others = [
      await given.rows.run('without outreach', campaignId, { status: 'completed' }),
      await given.rows.run('planned before', campaignId, { ...over, outreachAt: now(), plannedAt: inHours(-1) }),
    ]
    for (const status of ['pending', 'running', 'failed', 'stopped'])
      others.push(await given.rows.run(status, campaignId, { status, outreachAt: now() }))
    const mark = (id: string) => run((tx) => markRunPlannedIf(tx, id, now()))
    const marked = async () => expect(await mark(wanted)).toEqual({ batchId })
    expect(await given.rows.changesOf(marked)).toEqual({ named: { plannedAt: now() } })
    for (const id of [wanted, ...others])
      expect(await given.rows.changesOf(async () => expect(await mark(id)).toBeNull())).toEqual({})
  })

  it('needs a campaign that runs', async () => {
    await given.rows.campaign('running')
    const wanted = await given.rows.campaign('named')
    const paused = await given.rows.campaign('paused', { status: 'paused' })
    const lock = (id: string) => run((tx) => lockRunningCampaign(tx, id))
    expect([await lock(wanted), await lock(paused)]).toEqual([true, false])
  })

  it('is for leads of its batch that may be emailed and have no email of this campaign yet', async () => {
    const planned = await startOutreach(given.engine, { leads: 1, days: [0] })
    const other = await startOutreach(given.engine, { leads: 1, days: [0], name: 'Other' })
    const batchId = await given.rows.batch('found')
    const join = (leadId: string) => given.engine.db.batchLead.create({ data: { batchId, leadId } })
    await join(planned.leads[0]?.id ?? '')
    await join(other.leads[0]?.id ?? '')
    await lead('new', {}, batchId)
    await lead('in another batch', {}, await given.rows.batch('another'))
    await lead('unsubscribed', { status: 'unsubscribed' }, batchId)
    await lead('suppressed', {}, batchId)
    await suppress('suppressed')
    const leads = await selectLeadsToPlan(given.engine.deps.sql, batchId, planned.id)
    expect(leads.map(({ email }) => email).toSorted()).toEqual(
      ['new@customer.example', other.leads[0]?.email ?? ''].toSorted(),
    )
  })

  it("counts the campaign's own emails against its limit: those that wait, overdue ones as today's, and those of today", async () => {
    const { id } = await startOutreach(given.engine, { leads: 4, days: [0] })
    const other = await startOutreach(given.engine, { leads: 1, days: [0], name: 'Other' })
    const emails = await given.engine.db.scheduledEmail.findMany({ where: { campaignId: id } })
    const set = (i: number, data: { scheduledFor: Date; status?: string }) =>
      given.engine.db.scheduledEmail.update({ where: { id: emails[i]?.id ?? '' }, data })
    await set(0, { scheduledFor: inHours(-48) })
    await set(1, { scheduledFor: inHours(24) })
    await set(2, { scheduledFor: inHours(24), status: 'cancelled' })
    await set(3, { scheduledFor: inHours(48), status: 'skipped' })
    const reserve = (campaignId: string, day: string, reserved: number) =>
      given.engine.db.campaignDay.create({ data: { campaignId, day: new Date(day), reserved } })
    await reserve(id, '2026-03-01', 7)
    await reserve(id, '2026-03-02', 3)
    await reserve(other.id, '2026-03-02', 20)
    const asked = { campaignId: id, timezone: 'UTC', today: '2026-03-02', now: now() }
    const booked = await selectPlannedOfCampaign(given.engine.deps.sql, asked)
    expect(booked.toSorted((a, b) => (a.day < b.day ? -1 : 1))).toEqual([
      { day: '2026-03-02', emails: 4 },
      { day: '2026-03-03', emails: 1 },
    ])
  })
})

describe('storing what a run has found', () => {
  const draft = (name: string, sourceRef: string): HashedFound => ({
    lead: {
      ...{ email: `${name}@customer.example`, companyName: name, contactName: null, firstName: null, lastName: null },
      ...{ jobTitle: null, phone: null, website: null, industry: null, city: null, country: null, linkedinUrl: null },
      customFields: {},
    },
    emailHash: addressHash('ab'.repeat(32), `${name}@customer.example`),
    sourceRef,
    emailConfidence: 90,
    fieldsToClear: [],
  })

  it('inserts each new address with its own origin, and leaves those that are there', async () => {
    await lead('there', { source: 'csv' })
    const drafts = [draft('ada', 'ref-ada'), draft('there', 'ref-there'), draft('ben', 'ref-ben')]
    const added = await run((tx) => insertFoundLeads(tx, drafts, { source: 'hunter', at: now() }))
    expect(added.map(({ email }) => email).toSorted()).toEqual(['ada@customer.example', 'ben@customer.example'])
    const leads = await given.engine.db.lead.findMany({ orderBy: { email: 'asc' } })
    expect(leads.map(({ companyName, source, sourceRef }) => [companyName, source, sourceRef])).toEqual([
      ['ada', 'hunter', 'ref-ada'],
      ['ben', 'hunter', 'ref-ben'],
      ['there', 'csv', null],
    ])
  })

  it('knows leads by their address, or by the ref of this source, and whether its batch holds them', async () => {
    const batchId = await given.rows.batch('its own')
    const another = await given.rows.batch('another')
    await lead('by address', { source: 'csv', sourceRef: 'p9' }, batchId)
    await lead('by ref', { source: 'apollo', sourceRef: 'p1' }, another)
    await lead('by ref of another source', { source: 'hunter', sourceRef: 'p1' }, batchId)
    await lead('unknown', { source: 'apollo', sourceRef: 'p2' }, batchId)
    const emails = ['by address@customer.example', 'nobody@customer.example']
    const asked = { source: 'apollo', emails, refs: ['p1', 'p9'], batchId }
    const known = await selectLeadsFoundBefore(given.engine.deps.sql, asked)
    expect(known.map(({ id: _, ...rest }) => rest).toSorted((a, b) => (a.email < b.email ? -1 : 1))).toEqual([
      { email: 'by address@customer.example', sourceRef: null, inBatch: true },
      { email: 'by ref@customer.example', sourceRef: 'p1', inBatch: false },
    ])
  })

  it('finds the leads behind refs: people, and whom calls have brought under them; nobody who is suppressed', async () => {
    const key = await given.rows.source(await given.rows.run('before', await given.rows.campaign('before')), 'hunter')
    const bring = (name: string, status: string, ...refs: string[]) => given.rows.call(name, key, { status, refs })
    const under = (place: string, name: string) => `${place}#${name}@customer.example`
    await lead('person', { source: 'apollo', sourceRef: 'p1' })
    await lead('person of another source', { source: 'hunter', sourceRef: 'p1' })
    await lead('another person', { source: 'apollo', sourceRef: 'p2' })
    await lead('suppressed person', { source: 'apollo', sourceRef: 'p3' })
    for (const name of ['brought', 'brought-elsewhere', 'in-doubt', 'brought-suppressed']) await lead(name)
    await bring('answered', 'answered', 'place', under('place', 'brought'), under('place', 'brought-suppressed'))
    await bring('answered elsewhere', 'answered', 'elsewhere', under('elsewhere', 'brought-elsewhere'))
    await bring('in doubt', 'in_doubt', 'place', under('place', 'in-doubt'))
    for (const name of ['suppressed person', 'brought-suppressed']) await suppress(name)
    const refs = ['p1', 'p3', 'place']
    const found = await selectLeadsSeenBefore(given.engine.deps.sql, { source: 'apollo', refs })
    const leads = await given.engine.db.lead.findMany({ where: { id: { in: found.map(({ id }) => id) } } })
    expect(leads.map(({ companyName }) => companyName).toSorted()).toEqual(['brought', 'person'])
  })

  it.each([
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ])('gives the run its batch; held: %s, and of the campaign: %s', async (held, linked) => {
    const campaignId = await given.rows.campaign('finds')
    const batchId = await given.rows.batch('found')
    await given.rows.batch('another')
    const runId = await given.rows.run('wanted', campaignId, { status: 'running' })
    await given.rows.run('another run', campaignId)
    const give = () => run((tx) => giveRunItsBatch(tx, { runId, batchId, campaignId, held, linked, at: now() }))
    const link = { campaignId, batchId, startedAt: now(), completedAt: held ? null : now() }
    expect(await given.rows.changesOf(give)).toEqual({
      wanted: { batchId },
      ...(held ? { found: { activeCampaignId: campaignId } } : {}),
      ...(linked ? { 'finds/found': link } : {}),
    })
  })

  it('leaves the history of a batch that the campaign has already', async () => {
    const campaignId = await given.rows.campaign('finds')
    const batchId = await given.rows.batch('found', { heldBy: campaignId })
    await given.engine.db.campaignBatch.create({ data: { campaignId, batchId, startedAt: inHours(-1) } })
    const runId = await given.rows.run('wanted', campaignId, { status: 'running' })
    const found = { runId, batchId, campaignId, held: true, linked: true, at: now() }
    expect(await given.rows.changesOf(() => run((tx) => giveRunItsBatch(tx, found)))).toEqual({ wanted: { batchId } })
  })
})
