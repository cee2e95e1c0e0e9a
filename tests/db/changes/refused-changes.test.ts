import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ChangeEffect } from '@/domain/campaign/changes/effect'
import type { CampaignChange } from '@/domain/campaign/changes/input'
import type { DomainError } from '@/domain/errors'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { applyChange } from '@/use-cases/changes/apply-change'
import { previewChange } from '@/use-cases/changes/preview-change'
import { beginAnew, changeAsSeen, presentSteps } from '../../support/changes'
import { BY, createEngine, createOutreach, type Engine, startOutreach, statusOf } from '../../support/engine'
import { refusal } from '../../support/refusal'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(() => beginAnew(engine))

const rowsOf = (campaignId: string) =>
  engine.db.scheduledEmail.findMany({
    where: { campaignId },
    orderBy: [{ leadId: 'asc' }, { workflowStepNumber: 'asc' }],
  })
const templateOf = async (body: string) =>
  (await engine.db.emailTemplate.create({ data: { name: body, subject: body, bodyText: body } })).id

describe('a change that is refused', () => {
  it('refuses what would change what leads have got', async () => {
    const { id } = await startOutreach(engine, { leads: 2, days: [0, 2, 3] })
    await engine.work()
    engine.clock.advanceDays(2)
    engine.clock.advance(60_000)
    await engine.work()
    const [one, two, three] = await presentSteps(engine, id)
    if (!one || !two || !three) throw new Error('The campaign has three steps')
    const between = { ...two, was: null }
    const look = (steps: (typeof one)[]) =>
      refusal(previewChange(engine.deps, { campaignId: id, change: { steps, base: [one, two, three] } }))
    expect(await look([one, between, two, three])).toMatchObject({ code: 'invalid_input' })
    expect(await look([one, three])).toMatchObject({ code: 'invalid_input' })
    expect(await look([one, two, { ...three, daysAfterPrevious: 0 }])).toMatchObject({ code: 'invalid_input' })
    expect(await look([one, two, three])).toMatchObject({ code: 'invalid_input' })
    const unfit = await templateOf('Hello {{ frist_name }}')
    expect(await look([one, two, { ...three, templateId: unfit }])).toMatchObject({ code: 'not_ready' })
    expect(await look([one, two, { ...three, templateId: id }])).toMatchObject({ code: 'not_found' })
  })

  it('is refused where something has moved since the effect was seen, with the effect as it is now', async () => {
    const { id } = await startOutreach(engine, { leads: 3, days: [0, 2] })
    const base = await presentSteps(engine, id)
    const change = { base, steps: base.map((step) => (step.was === 2 ? { ...step, daysAfterPrevious: 4 } : step)) }
    const seen = await previewChange(engine.deps, { campaignId: id, change })
    const [lead] = await rowsOf(id)
    await engine.db.scheduledEmail.updateMany({
      where: { leadId: lead?.leadId ?? '', status: 'pending' },
      data: { status: 'cancelled', endedAt: engine.clock.now() },
    })
    const before = await rowsOf(id)
    const refused = applyChange(engine.deps, { campaignId: id, change, seen: seen.mark, by: BY })
    const { code, details } = (await refused.catch((error: unknown) => error)) as DomainError
    const now = details.effect as ChangeEffect
    expect([code, now.retimed.emails]).toEqual(['conflict', 2])
    expect(now).toEqual(await previewChange(engine.deps, { campaignId: id, change }))
    expect(await rowsOf(id)).toEqual(before)
    await applyChange(engine.deps, { campaignId: id, change, seen: now.mark, by: BY })
    // The same proposal a second time is another one: its base is gone.
    expect(await refusal(applyChange(engine.deps, { campaignId: id, change, seen: now.mark, by: BY }))).toMatchObject({
      code: 'conflict',
    })
  })

  it('is refused without an effect where somebody has changed the sequence that it was made of', async () => {
    const { id } = await startOutreach(engine, { leads: 3, days: [0, 2, 3] })
    await engine.work()
    const [one, two, three] = await presentSteps(engine, id)
    if (!one || !two || !three) throw new Error('The campaign has three steps')
    const change = { base: [one, two, three], steps: [one, { ...two, daysAfterPrevious: 5 }, three] }
    const seen = await previewChange(engine.deps, { campaignId: id, change })
    const between = { ...two, was: null, templateId: await templateOf('Between') }
    await changeAsSeen(engine, id, { steps: [one, between, two, three] })
    const before = await rowsOf(id)
    const stale = [
      () => applyChange(engine.deps, { campaignId: id, change, seen: seen.mark, by: BY }),
      () => previewChange(engine.deps, { campaignId: id, change }),
    ]
    for (const ask of stale) {
      const { code, message, details } = (await ask().catch((error: unknown) => error)) as DomainError
      expect([code, details?.effect, details?.stale]).toEqual(['conflict', undefined, true])
      expect(message).toBe(
        'Somebody changed the sequence of this campaign meanwhile: open it again. Nothing was changed.',
      )
    }
    expect(await rowsOf(id)).toEqual(before)
  })

  it('is refused where the workflow was edited since, and where it does not say what it was made of', async () => {
    const { id, workflow } = await startOutreach(engine, { leads: 1, days: [0, 2] })
    const [one, two] = await presentSteps(engine, id)
    if (!one || !two) throw new Error('The campaign has two steps')
    const steps = [one, { ...two, daysAfterPrevious: 5 }]
    const look = (change: CampaignChange) => refusal(previewChange(engine.deps, { campaignId: id, change }))
    expect(await look({ steps })).toMatchObject({ code: 'invalid_input' })
    await engine.db.workflowStep.updateMany({
      where: { workflowId: workflow.id, stepNumber: 2 },
      data: { emailTemplateId: await templateOf('Edited') },
    })
    expect(await look({ base: [one, two], steps })).toMatchObject({ code: 'conflict' })
  })

  it('lets one of two who apply at once through', async () => {
    const { id } = await startOutreach(engine, { leads: 3, days: [0, 2] })
    const steps = await presentSteps(engine, id)
    const waiting = (daysAfterPrevious: number) => ({
      base: steps,
      steps: steps.map((step) => (step.was === 2 ? { ...step, daysAfterPrevious } : step)),
    })
    const seen = await Promise.all(
      [4, 5].map((days) => previewChange(engine.deps, { campaignId: id, change: waiting(days) })),
    )
    const done = await Promise.allSettled(
      [4, 5].map((days, i) =>
        applyChange(engine.deps, { campaignId: id, change: waiting(days), seen: seen[i]?.mark ?? '', by: BY }),
      ),
    )
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await engine.db.campaignChange.count({ where: { campaignId: id } })).toBe(1)
  })

  it('is for campaigns that run or are paused', async () => {
    const draft = await createOutreach(engine, { leads: 1, days: [0, 1] })
    const steps = await presentSteps(engine, draft.id)
    const change = {
      base: steps,
      steps: steps.map((step) => (step.was === 2 ? { ...step, daysAfterPrevious: 9 } : step)),
    }
    expect(await refusal(previewChange(engine.deps, { campaignId: draft.id, change }))).toMatchObject({
      code: 'conflict',
    })
    await startCampaign(engine.deps, { campaignId: draft.id, by: BY })
    await pauseCampaign(engine.deps, { campaignId: draft.id, by: BY })
    const { effect } = await changeAsSeen(engine, draft.id, change)
    expect(effect.retimed.emails).toBe(1)
    expect(await statusOf(engine, draft.id)).toBe('paused')
  })
})
