import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordDecisions } from '@/db/queries/delivery/record-decisions'
import { failCallIf } from '@/db/queries/lead-generation/record-response'
import { beginTransaction, execute, transaction } from '@/db/sql'
import type { FoundLead } from '@/domain/lead-generation/found-lead'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { expireSourceCalls } from '@/use-cases/lead-generation/expire-source-calls'
import { startDueRuns } from '@/use-cases/lead-generation/start-due-runs'
import { storeResponse } from '@/use-cases/lead-generation/store-response'
import { degradeMailbox } from '@/use-cases/mailboxes/record-health'
import { updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { createEngine, type Engine, startOutreach } from '../../support/engine'
import { untilBlocked } from '../../support/until-blocked'

const CALL = { api: 'hunter' as const, kind: 'people', paid: true, params: {}, refs: [] }
const NOTHING = { seen: [], next: [], requests: 1, credits: 1 }
const found = (email: string): FoundLead => ({
  sourceRef: `customer.example#${email}`,
  email,
  emailConfidence: 90,
  emailInvalid: false,
  fieldsToClear: [],
  companyName: 'Nordwind',
  contactName: null,
  firstName: null,
  lastName: null,
  jobTitle: null,
  phone: null,
  website: null,
  industry: null,
  city: null,
  country: null,
  linkedinUrl: null,
})

/** Two look at the same thing and one is slower: what the other has written meanwhile stands. */
describe('whoever is overtaken', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await createEngine()
  })
  afterAll(() => engine.close())

  /** A call of Hunter that was asked `claim` times, in a run of a campaign in this status. */
  async function askedCall({ campaignStatus = 'running', claim = 1, leaseUntil = new Date(Date.now() + 60_000) } = {}) {
    const { id: campaignId } = await engine.db.campaign.create({
      data: { name: 'Finds', campaignType: 'fully_automated', status: campaignStatus },
    })
    const { id: runId } = await engine.db.leadGenerationRun.create({
      data: { campaignId, dueAt: engine.clock.now(), status: 'running' },
    })
    const key = { runId, source: 'hunter' as const }
    await engine.db.leadGenerationRunSource.create({ data: { ...key, cap: 9 } })
    const { id } = await engine.db.leadGenerationCall.create({
      data: { ...key, ...CALL, seq: 1, status: 'asked', claim, askedAt: engine.clock.now(), leaseUntil },
    })
    return { key, call: { ...CALL, id, claim } }
  }
  const sourceOf = (key: { runId: string; source: string }) =>
    engine.db.leadGenerationRunSource.findUniqueOrThrow({ where: { runId_source: key } })
  const callOf = (id: string) => engine.db.leadGenerationCall.findUniqueOrThrow({ where: { id } })

  it.each([
    ['sending', { leaseUntil: new Date(Date.now() + 60_000) }],
    ['sent', { sentAt: new Date() }],
    ['held', { heldAt: new Date() }],
  ])('neither puts off nor skips an email that is %s by then', async (status, since) => {
    const { id: campaignId } = await startOutreach(engine, { leads: 2, days: [0, 1] })
    const all = () => engine.db.scheduledEmail.findMany({ where: { campaignId }, orderBy: { id: 'asc' } })
    const [first, second] = (await all()).filter(({ workflowStepNumber }) => workflowStepNumber === 1)
    await engine.db.scheduledEmail.updateMany({
      where: { campaignId, workflowStepNumber: 1 },
      data: { status, claim: 1, ...since },
    })
    const claimed = await all()
    const until = new Date(engine.clock.now().getTime() + 3_600_000)
    const late = [
      { id: first?.id ?? '', kind: 'defer' as const, reason: 'pace', until },
      { id: second?.id ?? '', kind: 'skip' as const, reason: 'suppressed' },
    ]
    const recorded = recordDecisions(engine.deps.sql, late, engine.clock.now())
    await expect(recorded).resolves.toBe(0)
    expect(await all()).toEqual(claimed)
  })

  it('stops no mailbox whose settings were saved since its failure began', async () => {
    const seen = await engine.db.mailbox.findFirstOrThrow()
    engine.clock.advance(1000)
    const mailbox = mailboxInput.parse({ ...seen, smtpPassword: undefined, holidays: [] })
    await updateMailbox(engine.deps, { mailboxId: seen.id, mailbox })
    const refused = { kind: 'mailbox' as const, reason: '535 5.7.8 not accepted' }
    for (const action of ['stop', 'cool_down'] as const) {
      await degradeMailbox(engine.deps, seen, { ...refused, action })
      expect(await engine.db.mailbox.findUniqueOrThrow({ where: { id: seen.id } })).toMatchObject({
        health: 'ready',
        healthReason: null,
        coolDownUntil: null,
        troubleCount: 0,
      })
    }
  })

  it('creates no run for a campaign that is paused between the look and the creation', async () => {
    const due = engine.clock.now()
    const { id } = await engine.db.campaign.create({
      data: { name: 'Due', campaignType: 'lead_generation', status: 'running', nextRunAt: due },
    })
    const { tx, commit, rollback } = await beginTransaction(engine.deps.sql)
    try {
      await execute(tx)`UPDATE campaigns SET status = 'paused' WHERE id = ${id}::uuid`
      const starting = startDueRuns(engine.deps)
      await untilBlocked(engine.deps.sql, starting)
      await commit()
      await starting
    } catch (error) {
      await rollback()
      throw error
    }
    expect(await engine.db.leadGenerationRun.count({ where: { campaignId: id } })).toBe(0)
    expect(await engine.db.campaign.findUniqueOrThrow({ where: { id } })).toMatchObject({ nextRunAt: due })
  })

  it('closes no call that is asked again: a failure counts for its own asking alone', async () => {
    const { call } = await askedCall({ claim: 2 })
    const failure = { id: call.id, status: 'failed' as const, kind: 'outage', message: 'late', at: engine.clock.now() }
    const fail = (claim: number) => transaction(engine.deps.sql, (tx) => failCallIf(tx, { ...failure, claim }))
    expect(await fail(1)).toBe(false)
    expect(await callOf(call.id)).toMatchObject({ status: 'asked', claim: 2, failure: null })
    expect(await fail(2)).toBe(true)
  })

  it('with an answer to a call in doubt, has it counted once, and the doubt taken back', async () => {
    const { key, call } = await askedCall({ leaseUntil: new Date(Date.now() - 60_000) })
    await expireSourceCalls(engine.deps)
    expect(await callOf(call.id)).toMatchObject({ status: 'in_doubt' })
    expect(await sourceOf(key)).toMatchObject({ inDoubt: 1, found: 0 })
    const answer = { ...NOTHING, found: [found('late@customer.example')] }
    for (const _ of [1, 2]) await storeResponse(engine.deps, key, call, answer)
    expect(await callOf(call.id)).toMatchObject({ status: 'answered', found: 1 })
    expect(await sourceOf(key)).toMatchObject({ inDoubt: 0, found: 1, added: 1, requests: 1, credits: 1 })
  })

  it.each([
    ['running', true],
    ['paused', true],
    ['failed', false],
    ['completed', false],
  ])('with an answer to a campaign that is %s, keeps its leads; their batch is held: %s', async (status, held) => {
    const { key, call } = await askedCall({ campaignStatus: status })
    const email = `${status}@customer.example`
    await storeResponse(engine.deps, key, call, { ...NOTHING, found: [found(email)] })
    const run = await engine.db.leadGenerationRun.findUniqueOrThrow({
      where: { id: key.runId },
      include: { batch: true },
    })
    expect(run.batch?.activeCampaignId).toBe(held ? run.campaignId : null)
    expect(await engine.db.lead.count({ where: { email, batches: { some: { batchId: run.batch?.id ?? '' } } } })).toBe(
      1,
    )
  })
})
