import { afterEach, beforeEach, expect, it } from 'vitest'
import { newValues, valuesOf } from '@/components/campaigns/editor/draft/draft-values'
import { CAMPAIGN_TYPES } from '@/domain/campaign/state'
import { createCampaign } from '@/use-cases/campaigns/create-campaign'
import { getCampaign } from '@/use-cases/campaigns/get-campaign'
import { updateCampaign } from '@/use-cases/campaigns/update-campaign'
import { createEngine, type Engine } from '../../support/engine'
import { refusal } from '../../support/refusal'

let engine: Engine
beforeEach(async () => {
  engine = await createEngine()
})
afterEach(() => engine.close())

it.each(CAMPAIGN_TYPES)('stores a new %s draft as the editor shows it before its first change', async (type) => {
  const begins = { name: 'Proposed', timezone: 'Asia/Kathmandu', batchIds: [] }
  const { name, timezone } = begins
  const { id } = await createCampaign(engine.deps, { campaignType: type, name, timezone, by: 'tests' })
  expect(valuesOf(await getCampaign(engine.deps, { campaignId: id }))).toEqual(newValues(type, begins))
})

const GONE = '01a2b3c4-0000-7000-8000-000000000000'

it.each([
  ['workflow', { workflowId: GONE }],
  ['template', { emailTemplateId: GONE }],
  ['batch', { batchIds: [GONE] }],
  ['mailbox', { mailboxIds: [GONE] }],
])('names the %s that is gone, and stores nothing of the draft', async (what, draft) => {
  const words = {
    code: 'not_found',
    message: `The ${what} that was chosen does not exist any more. Nothing was saved. Choose another.`,
  }
  const { deps, db } = engine
  expect(await refusal(createCampaign(deps, { campaignType: 'outreach', name: 'New', ...draft, by: 'tests' }))).toEqual(
    words,
  )
  expect(await db.campaign.count()).toBe(0)
  const { id } = await createCampaign(deps, { campaignType: 'outreach', name: 'Kept', by: 'tests' })
  const patch = { name: 'Changed', ...draft }
  expect(await refusal(updateCampaign(deps, { campaignId: id, patch, by: 'tests' }))).toEqual(words)
  expect(await getCampaign(deps, { campaignId: id })).toMatchObject({ name: 'Kept', batches: [], mailboxes: [] })
})
