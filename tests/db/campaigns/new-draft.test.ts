import { afterEach, beforeEach, expect, it } from 'vitest'
import { newValues, valuesOf } from '@/components/campaigns/editor/draft/draft-values'
import { CAMPAIGN_TYPES } from '@/domain/campaign/state'
import { createCampaign } from '@/use-cases/campaigns/create-campaign'
import { getCampaign } from '@/use-cases/campaigns/get-campaign'
import { createEngine, type Engine } from '../../support/engine'

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
