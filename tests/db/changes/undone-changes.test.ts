import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { duplicateCampaign } from '@/use-cases/campaigns/duplicate-campaign'
import { getCampaign } from '@/use-cases/campaigns/get-campaign'
import { loadCampaignRows } from '@/use-cases/campaigns/list-campaigns'
import { applyChange } from '@/use-cases/changes/apply-change'
import { listChanges } from '@/use-cases/changes/list-changes'
import { prepareUndo } from '@/use-cases/changes/prepare-undo'
import { previewChange } from '@/use-cases/changes/preview-change'
import { getEmail } from '@/use-cases/progress/get-email'
import { beginAnew, changeAsSeen, presentSteps } from '../../support/changes'
import { BY, createBatch, createEngine, type Engine, readLedger, startOutreach } from '../../support/engine'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(() => beginAnew(engine))

const times = async (campaignId: string) => {
  const rows = await engine.db.scheduledEmail.findMany({
    where: { campaignId },
    orderBy: [{ leadId: 'asc' }, { workflowStepNumber: 'asc' }],
  })
  return rows.map(({ id, workflowStepNumber, scheduledFor, status, templateId }) => ({
    ...{ id, workflowStepNumber, scheduledFor, status, templateId },
  }))
}
const waiting = async (campaignId: string, step: number, daysAfterPrevious: number) => ({
  steps: (await presentSteps(engine, campaignId)).map((one) =>
    one.was === step ? { ...one, daysAfterPrevious } : one,
  ),
})

async function undo(campaignId: string, version: number) {
  const { change, stays } = await prepareUndo(engine.deps, { campaignId, version })
  const { mark } = await previewChange(engine.deps, { campaignId, change })
  return { stays, ...(await applyChange(engine.deps, { campaignId, change, seen: mark, undoes: version, by: BY })) }
}

describe('a change that is taken back', () => {
  it('is a change of its own, and puts every email where it was', async () => {
    const { id } = await startOutreach(engine, { leads: 3, days: [0, 2, 3] })
    await engine.work()
    const before = await times(id)
    await changeAsSeen(engine, id, await waiting(id, 2, 6))
    const { version, effect } = await undo(id, 2)
    expect([version, effect.retimed.emails]).toEqual([3, 6])
    expect(await times(id)).toEqual(before)
    const listed = await listChanges(engine.deps, { campaignId: id })
    const waits = listed.map(({ steps }) =>
      [steps?.before, steps?.after].map((all) => all?.map((one) => one.daysAfterPrevious)),
    )
    expect(listed.map((one) => [one.version, one.undoes, one.by, one.effect])).toEqual([
      [3, 2, 'a former user', '6 emails re-timed; 3 emails stay as they are'],
      [2, null, 'a former user', '6 emails re-timed; 3 emails stay as they are'],
    ])
    expect(waits).toEqual([
      [
        [0, 6, 3],
        [0, 2, 3],
      ],
      [
        [0, 2, 3],
        [0, 6, 3],
      ],
    ])
    expect(listed[0]?.steps?.after.map((one) => one.templateName)).toEqual(['Step 1', 'Step 2', 'Step 3'])
  })

  it('says which workflow the sequence came from, however often it was changed since', async () => {
    const { id } = await startOutreach(engine, { leads: 1, days: [0, 2] })
    const { workflow } = await getCampaign(engine.deps, { campaignId: id })
    await changeAsSeen(engine, id, await waiting(id, 2, 6))
    await undo(id, 2)
    const campaign = await getCampaign(engine.deps, { campaignId: id })
    const [row] = await loadCampaignRows(engine.deps, [id])
    expect([campaign.changedFrom, row?.sequenceName]).toEqual([workflow?.name, `${workflow?.name}, changed`])
  })

  it('says of a change by which one it was taken back, until that one is taken back as well', async () => {
    const { id } = await startOutreach(engine, { leads: 1, days: [0, 2] })
    await changeAsSeen(engine, id, await waiting(id, 2, 6))
    const undoneBy = async () =>
      (await listChanges(engine.deps, { campaignId: id })).map((one) => [one.version, one.undoneBy])
    await undo(id, 2)
    expect(await undoneBy()).toEqual([
      [3, null],
      [2, 3],
    ])
    await undo(id, 3)
    expect(await undoneBy()).toEqual([
      [4, null],
      [3, 4],
      [2, null],
    ])
  })

  it('says of each email by which version it is planned', async () => {
    const { id } = await startOutreach(engine, { leads: 1, days: [0, 2] })
    await engine.work()
    await changeAsSeen(engine, id, await waiting(id, 2, 6))
    const versions = await Promise.all((await times(id)).map((email) => getEmail(engine.deps, { id: email.id })))
    expect(versions.map(({ version }) => version)).toEqual([1, 2])
  })

  it('takes the leads of a batch out that it had added, and puts those back whom it had taken out', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 2, days: [0, 2] })
    const more = await createBatch(engine, { leads: 3 })
    await changeAsSeen(engine, id, { addBatchIds: [more.batch.id] })
    await changeAsSeen(engine, id, { takeOutLeadIds: [leads[0]?.id ?? ''] })
    const added = await undo(id, 2)
    expect([added.effect.removed, added.stays.length]).toEqual([{ emails: 6, leads: 3 }, 1])
    const out = await undo(id, 3)
    expect(out.effect.returned.emails).toBe(2)
    expect(await readLedger(engine, id)).toMatchObject({ planned: 10, pending: 4, cancelled: 6 })
  })

  it('leaves a step that it had added once a lead has got it, and takes it out before', async () => {
    const { id } = await startOutreach(engine, { leads: 2, days: [0, 1] })
    await engine.work()
    const steps = await presentSteps(engine, id)
    const added = { was: null, templateId: steps[0]?.templateId ?? '', daysAfterPrevious: 1, replyInThread: false }
    await changeAsSeen(engine, id, { steps: [...steps, added] })
    const proposed = () => prepareUndo(engine.deps, { campaignId: id, version: 2 })
    expect((await proposed()).stays).toEqual([])
    for (const _day of [1, 2]) {
      engine.clock.advanceDays(1)
      await engine.work()
    }
    expect(await proposed()).toEqual({ change: {}, stays: ['Step 3 stays: leads have got it, or a later one.'] })
  })

  it('leaves a copy of the campaign the sequence as it is now, as its own', async () => {
    const { id } = await startOutreach(engine, { leads: 1, days: [0, 2] })
    await changeAsSeen(engine, id, await waiting(id, 2, 6))
    const copy = await duplicateCampaign(engine.deps, { campaignId: id, by: BY })
    const { workflow, ownSteps } = await getCampaign(engine.deps, { campaignId: copy.id })
    expect(workflow).toBeNull()
    expect(ownSteps.map(({ daysAfterPrevious }) => daysAfterPrevious)).toEqual([0, 6])
  })
})
