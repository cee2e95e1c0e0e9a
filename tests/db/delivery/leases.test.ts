import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AskedCall, beginNextCall, expireCalls, insertCalls } from '@/db/queries/lead-generation/begin-next-call'
import { transaction } from '@/db/sql'
import type { FoundLead } from '@/domain/lead-generation/found-lead'
import type { SourceCall } from '@/lead-sources/types'
import { stopCampaign } from '@/use-cases/campaigns/stop-campaign'
import { holdExpiredLeases } from '@/use-cases/delivery/hold-expired-leases'
import { expireSourceCalls } from '@/use-cases/lead-generation/expire-source-calls'
import { storeResponse } from '@/use-cases/lead-generation/store-response'
import { BY, createEngine, type Engine, readLedger, startOutreach } from '../../support/engine'

const HOUR_MS = 3_600_000
const inRealTime = (hours: number) => new Date(Date.now() + hours * HOUR_MS)

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

const search: SourceCall = { api: 'hunter', kind: 'discover', paid: false, params: {}, refs: [] }
const purchase: SourceCall = { api: 'hunter', kind: 'domain', paid: true, params: {}, refs: ['company.example'] }

/** Leases run on real time; here campaign time is years apart from it. */
describe('the lease of an email on the wire', () => {
  const onTheWire = async (leaseUntil: Date) => {
    const { id } = await startOutreach(engine, { leads: 3, days: [0] })
    const [first, second] = await engine.db.scheduledEmail.findMany({ where: { campaignId: id } })
    for (const email of [first, second]) {
      await engine.db.scheduledEmail.update({
        where: { id: email?.id ?? '' },
        data: { status: 'sending', claim: 1, sendingSince: engine.clock.now(), leaseUntil },
      })
    }
    return id
  }

  it('that is over in real time makes it held, says so once, and leaves the others', async () => {
    engine.clock.set('2020-01-06T09:00:00Z')
    const id = await onTheWire(inRealTime(-1))
    expect(await holdExpiredLeases(engine.deps)).toBe(2)
    expect(await readLedger(engine, id)).toMatchObject({ held: 2, sending: 0, pending: 1 })
    expect(await engine.db.scheduledEmail.findFirst({ where: { campaignId: id, status: 'held' } })).toMatchObject({
      heldAt: engine.clock.now(),
      leaseUntil: null,
      claim: 1,
    })
    const events = await engine.db.campaignEvent.findMany({ where: { campaignId: id, kind: 'held' } })
    expect(events.map(({ message }) => message)).toEqual(['2 emails held: delivery unknown'])
    expect(await holdExpiredLeases(engine.deps)).toBe(0)
  })

  it('that is open in real time holds nothing, however far campaign time is', async () => {
    engine.clock.set('2090-01-02T09:00:00Z')
    const id = await onTheWire(inRealTime(1))
    expect(await holdExpiredLeases(engine.deps)).toBe(0)
    expect(await readLedger(engine, id)).toMatchObject({ sending: 2, held: 0 })
  })
})

describe('the lease of a call of a lead source', () => {
  /** A run that asks Hunter, whose only call is asked; the campaign is running. */
  async function asked(call: SourceCall, leaseUntil: Date) {
    const at = engine.clock.now()
    const campaign = await engine.db.campaign.create({
      data: { name: 'Finds', campaignType: 'lead_generation', status: 'running' },
    })
    const run = await engine.db.leadGenerationRun.create({
      data: { campaignId: campaign.id, dueAt: at, startedAt: at, status: 'running' },
    })
    const key = { runId: run.id, source: 'hunter' as const }
    await engine.db.leadGenerationRunSource.create({ data: { ...key, cap: 9 } })
    await insertCalls(engine.deps.sql, { ...key, calls: [call], status: 'waiting' })
    return { campaignId: campaign.id, key, call: await ask(key, leaseUntil) }
  }
  async function ask(key: { runId: string; source: 'hunter' }, leaseUntil: Date): Promise<AskedCall> {
    const at = engine.clock.now()
    const call = await transaction(engine.deps.sql, (tx) => beginNextCall(tx, { ...key, at, leaseUntil }))
    if (!call) throw new Error('Nothing could be asked')
    return call
  }
  const callOf = ({ id }: AskedCall) => engine.db.leadGenerationCall.findUniqueOrThrow({ where: { id } })
  const sourceOf = ({ runId }: { runId: string }) =>
    engine.db.leadGenerationRunSource.findUniqueOrThrow({ where: { runId_source: { runId, source: 'hunter' } } })
  const ada = (email: string): FoundLead => ({
    ...{ sourceRef: `company.example#${email}`, email, emailConfidence: 99, emailInvalid: false, fieldsToClear: [] },
    ...{ companyName: 'Company', contactName: 'Ada', firstName: 'Ada', lastName: null, jobTitle: null, phone: null },
    ...{ industry: null, city: null, country: null, website: null, linkedinUrl: null },
  })
  const answerWith = (email: string) => ({ found: [ada(email)], seen: [], next: [search], requests: 1, credits: 1 })

  it('that is over in real time puts a paid one in doubt, and lets a free one wait again', async () => {
    engine.clock.set('2020-01-06T09:00:00Z')
    const paid = await asked(purchase, inRealTime(-1))
    const free = await asked(search, inRealTime(-1))
    await expireSourceCalls(engine.deps)
    expect(await callOf(paid.call)).toMatchObject({ status: 'in_doubt', leaseUntil: null })
    expect(await callOf(free.call)).toMatchObject({ status: 'waiting', leaseUntil: null })
    expect((await sourceOf(paid.key)).inDoubt).toBe(1)
    expect((await sourceOf(free.key)).inDoubt).toBe(0)
  })

  it('that is open in real time changes nothing, however far campaign time is', async () => {
    engine.clock.set('2090-01-02T09:00:00Z')
    const { call } = await asked(purchase, inRealTime(1))
    await expireSourceCalls(engine.deps)
    expect(await callOf(call)).toMatchObject({ status: 'asked' })
  })

  it('is over, and the answer that was paid for still comes: it is stored, and in doubt no more', async () => {
    const { key, call } = await asked(purchase, inRealTime(-1))
    await expireCalls(engine.deps.sql, new Date())
    await storeResponse(engine.deps, key, call, answerWith('late@company.example'))
    expect(await callOf(call)).toMatchObject({ status: 'answered', found: 1, credits: 1 })
    expect(await sourceOf(key)).toMatchObject({ found: 1, added: 1, inDoubt: 0, credits: 1 })
    expect(await engine.db.lead.count({ where: { email: 'late@company.example' } })).toBe(1)
    expect(await engine.db.leadGenerationCall.count({ where: { runId: key.runId, status: 'waiting' } })).toBe(1)
  })

  it('is over, and so is the campaign: the answer is stored, and nothing follows it', async () => {
    const { campaignId, key, call } = await asked(purchase, inRealTime(-1))
    await expireCalls(engine.deps.sql, new Date())
    await stopCampaign(engine.deps, { campaignId, by: BY })
    await storeResponse(engine.deps, key, call, answerWith('later@company.example'))
    expect(await sourceOf(key)).toMatchObject({ status: 'stopped', found: 1, added: 1, inDoubt: 0 })
    expect(await engine.db.leadGenerationCall.count({ where: { runId: key.runId, status: 'dropped' } })).toBe(1)
  })

  it.each(['twice', 'under an older claim'])('an answer that comes %s is stored once', async (how) => {
    const { key, call } = await asked(how === 'twice' ? purchase : search, inRealTime(-1))
    if (how !== 'twice') {
      await expireCalls(engine.deps.sql, new Date())
      await storeResponse(engine.deps, key, call, answerWith('older@company.example'))
      expect(await sourceOf(key)).toMatchObject({ found: 0 })
      const again = await ask(key, inRealTime(1))
      await storeResponse(engine.deps, key, call, answerWith('older@company.example'))
      expect(await callOf(again)).toMatchObject({ status: 'asked', claim: 2 })
      await storeResponse(engine.deps, key, again, answerWith('newer@company.example'))
    } else {
      for (let time = 0; time < 2; time++)
        await storeResponse(engine.deps, key, call, answerWith('twice@company.example'))
    }
    expect(await sourceOf(key)).toMatchObject({ found: 1, added: 1, requests: 1 })
    expect(await engine.db.leadGenerationCall.count({ where: { runId: key.runId, status: 'waiting' } })).toBe(1)
    expect(await engine.db.lead.count({ where: { email: 'older@company.example' } })).toBe(0)
  })
})
