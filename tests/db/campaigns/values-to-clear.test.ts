import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describeCheck } from '@/domain/campaign/preflight-text'
import { checkCampaign } from '@/use-cases/campaigns/check-campaign'
import { createCampaign } from '@/use-cases/campaigns/create-campaign'
import { BY, createEngine, createOutreach, createWorkflow, type Engine } from '../../support/engine'

const DAY_MS = 86_400_000

/** The clock stands at 2026-03-02 09:00 UTC. */
describe('the preflight of values that a source takes away', () => {
  let engine: Engine
  beforeEach(async () => {
    engine = await createEngine()
  })
  afterEach(() => engine.close())
  const daysAgo = (days: number) => new Date(engine.clock.now().getTime() - days * DAY_MS)
  const found = async (campaignId: string) =>
    (await checkCampaign(engine.deps, { campaignId })).checks.filter(({ kind }) => kind === 'variables_cleared')

  /** Four leads, two of them found by Google Places so many days ago, and steps on days 0, 5 and 15. */
  async function createFound(fetched: number, fields = ['companyName', 'city']) {
    const campaign = await createOutreach(engine, { leads: 4, days: [0, 5, 10] })
    const ids = campaign.leads.slice(0, 2).map(({ id }) => id)
    await engine.db.lead.updateMany({
      where: { id: { in: ids } },
      data: { source: 'google_places', sourceFetchedAt: daysAgo(fetched), fieldsToClear: fields },
    })
    return campaign
  }

  it('names step, date, variable and leads, and asks for a fallback', async () => {
    const { id, workflow } = await createFound(20)
    const checks = await found(id)
    expect(checks).toEqual([
      {
        subject: 'variables',
        level: 'warn',
        kind: 'variables_cleared',
        variables: ['company_name'],
        step: 3,
        day: '2026-03-12',
        retentionDays: 30,
        leads: 2,
        fix: { kind: 'edit_template', templateId: workflow.steps[2]?.emailTemplateId },
      },
    ])
    const [check] = checks
    expect(check && describeCheck(check)).toEqual({
      title: '"company_name" in step 3 will be missing from 2026-03-12 on for 2 leads',
      detail:
        'Google Places lets nobody keep it for more than 30 days, and step 3 goes out later. Give it a fallback, as in ' +
        '{{ company_name | default: "..." }}; without one these emails fail.',
    })
    expect((await checkCampaign(engine.deps, { campaignId: id })).ready).toBe(true)
  })

  it('warns of the step on the day itself, and of none that goes out before', async () => {
    expect((await found((await createFound(25)).id)).map((check) => 'step' in check && check.step)).toEqual([2, 3])
    expect(await found((await createFound(14)).id)).toEqual([])
  })

  it('warns of nothing that has a fallback, that templates do not use, or that is kept for longer', async () => {
    expect(await found((await createFound(20, ['city'])).id)).toEqual([])
    const { id, workflow } = await createFound(20)
    await engine.db.leadSource.create({ data: { source: 'google_places', settings: { retentionDays: 60 } } })
    expect(await found(id)).toEqual([])
    await engine.db.leadSource.update({ where: { source: 'google_places' }, data: { settings: { retentionDays: 21 } } })
    expect((await found(id)).map((check) => 'step' in check && check.step)).toEqual([2, 3])
    await engine.db.emailTemplate.updateMany({
      where: { id: { in: workflow.steps.map(({ emailTemplateId }) => emailTemplateId) } },
      data: { subject: 'Hello {{ company_name | default: "there" }}' },
    })
    expect(await found(id)).toEqual([])
  })

  it('looks at the last cohort where limits spread a step over days', async () => {
    const { id } = await createFound(14)
    await engine.db.mailbox.updateMany({ data: { dailyLimit: 2 } })
    // Two leads a day: the second cohort gets step 3 on day 16, when the values are gone.
    expect(await found(id)).toMatchObject([{ step: 3, day: '2026-03-18' }])
  })

  it('counts from the run where the leads are yet to be found, company names included', async () => {
    const workflow = await createWorkflow(engine, { days: [0, 40] })
    const draft = { timezone: 'UTC', leadCriteria: {}, maxResultsPerRun: 10, workflowId: workflow.id, by: BY }
    const create = (leadSources: ('google_places' | 'hunter')[], outreachDelayDays = 0) =>
      createCampaign(engine.deps, {
        ...draft,
        name: 'A',
        campaignType: 'fully_automated',
        leadSources,
        outreachDelayDays,
      })
    const { id } = await create(['google_places', 'hunter'])
    expect(await found(id)).toMatchObject([
      { step: 2, variables: ['company_name'], day: '2026-04-01', retentionDays: 30, leads: null },
    ])
    expect(await found((await create(['google_places'], 30)).id)).toMatchObject([{ step: 1 }, { step: 2 }])
    expect(await found((await create(['hunter'])).id)).toEqual([])
  })
})
