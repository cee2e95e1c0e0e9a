import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockPlanning } from '@/db/queries/campaigns/lock-planning'
import { beginTransaction } from '@/db/sql'
import { scheduleCampaign } from '@/use-cases/campaigns/schedule-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { addSuppression } from '@/use-cases/suppression/add-suppression'
import { recordAddressHashes } from '@/use-cases/suppression/record-address-hashes'
import { removeSuppression } from '@/use-cases/suppression/remove-suppression'
import { BY, createEngine, createOutreach, type Engine, readLedger, statusOf } from '../../support/engine'
import { untilBlocked } from '../../support/until-blocked'

let engine: Engine
let campaign: Awaited<ReturnType<typeof createOutreach>>
beforeEach(async () => {
  engine = await createEngine()
  campaign = await createOutreach(engine, { leads: 5, days: [0, 1] })
})
afterEach(() => engine.close())

const start = () => startCampaign(engine.deps, { campaignId: campaign.id, by: BY })

/**
 * Starts the campaign and lets `change` happen after its leads were judged and before anything is locked; once again for each
 * time that all begins anew.
 */
async function startAround(changes: (() => Promise<unknown>)[]) {
  const ids = (await engine.db.mailbox.findMany()).map(({ id }) => id)
  const hold = async () => {
    const open = await beginTransaction(engine.deps.sql)
    return { open, locked: lockPlanning(open.tx, ids) }
  }
  type Held = Awaited<ReturnType<typeof hold>> | null
  let held: Held = await hold()
  await held.locked
  const started = start().then(
    (result) => ({ result }),
    (error: Error) => ({ error: error.message }),
  )
  try {
    for (const [i, change] of changes.entries()) {
      await untilBlocked(engine.deps.sql, started)
      await change()
      // The next one waits behind this transaction before the start asks for the lock again.
      const next: Held = i < changes.length - 1 ? await hold() : null
      await held?.open.commit()
      held = next
      await held?.locked
    }
    return await started
  } finally {
    await held?.open.rollback()
  }
}

const oneWithout = (leads: number) => {
  const lacks = [1, 2].map((step) => `"company_name" in step ${step} is missing for ${leads} lead`)
  return { error: `"Test campaign" can't start: ${lacks.join('; ')}. Nothing was changed.` }
}

const empty = () => engine.db.lead.update({ where: { id: campaign.leads[2]?.id ?? '' }, data: { companyName: null } })

async function addLead(companyName: string | null) {
  const lead = await engine.db.lead.create({
    data: { email: `late${companyName ? 1 : 2}@customer.example`, companyName },
  })
  await engine.db.batchLead.create({ data: { batchId: campaign.batch.id, leadId: lead.id } })
}

describe('what was judged is what is started:', () => {
  it('a lead that loses a value meanwhile is found, and nothing is planned', async () => {
    expect(await startAround([empty])).toEqual(oneWithout(1))
    expect(await statusOf(engine, campaign.id)).toBe('draft')
    expect((await readLedger(engine, campaign.id)).planned).toBe(0)
  })

  it('so is a lead that is added meanwhile without one', async () => {
    expect(await startAround([() => addLead(null)])).toEqual(oneWithout(1))
  })

  it('a lead that was there before and is put into the batch meanwhile is found, too', async () => {
    const lead = await engine.db.lead.create({ data: { email: 'early@customer.example' } })
    const link = () => engine.db.batchLead.create({ data: { batchId: campaign.batch.id, leadId: lead.id } })
    expect(await startAround([link])).toEqual(oneWithout(1))
  })

  it('a lead that may be emailed again only now is found, too', async () => {
    await empty()
    const email = campaign.leads[2]?.email ?? ''
    await addSuppression(engine.deps, { value: email, by: BY })
    const { id } = await engine.db.suppression.findFirstOrThrow()
    // Lifting it would write the hashes of leads otherwise, and so change them.
    await recordAddressHashes(engine.deps)
    const lift = () => removeSuppression(engine.deps, { id, reason: 'Asked to be written to again', by: BY })
    expect(await startAround([lift])).toEqual(oneWithout(1))
  })

  it('a template that needs another value meanwhile is judged by that', async () => {
    const template = campaign.workflow.steps[1]?.emailTemplateId ?? ''
    const edit = () =>
      engine.db.emailTemplate.update({ where: { id: template }, data: { bodyText: 'From {{ city }}' } })
    expect(await startAround([edit])).toEqual({
      error: `"Test campaign" can't start: "city" in step 2 is missing for 5 leads. Nothing was changed.`,
    })
  })

  it('leads that change and lack nothing are planned, the added one included', async () => {
    const rename = () => engine.db.lead.updateMany({ data: { companyName: 'Another name' } })
    const { result } = (await startAround([() => Promise.all([rename(), addLead('Late')])])) as { result: unknown }
    expect(result).toMatchObject({ emailsScheduled: 12, leadsTargeted: 6 })
  })

  it('a campaign that is changed each time it was judged is not started, and says so', async () => {
    const rename = (name: string) => () => engine.db.campaign.update({ where: { id: campaign.id }, data: { name } })
    expect(await startAround([rename('One'), rename('Two'), rename('Three')])).toEqual({
      error:
        'The leads or templates of "Three" were changed while they were being checked. Nothing was changed: try again.',
    })
    expect(await statusOf(engine, campaign.id)).toBe('draft')
    expect((await start()).emailsScheduled).toBe(10)
  })
})

describe('while a transaction is long under way in another database of the server', () => {
  let other: Client
  beforeEach(async () => {
    const url = new URL(engine.url)
    url.pathname = '/postgres'
    other = new Client({ connectionString: url.href })
    await other.connect()
    await other.query('BEGIN')
    await other.query('SELECT pg_current_xact_id()')
  })
  afterEach(() => other.end())

  it('more leads than are judged under locks may have been saved since, and the campaign starts', async () => {
    await engine.db.lead.createMany({
      data: Array.from({ length: 2_100 }, (_, i) => ({ email: `new${i}@customer.example`, companyName: 'New' })),
    })
    const leads = await engine.db.lead.findMany({ where: { email: { startsWith: 'new' } }, select: { id: true } })
    await engine.db.batchLead.createMany({ data: leads.map(({ id }) => ({ batchId: campaign.batch.id, leadId: id })) })
    expect(await start()).toMatchObject({ leadsTargeted: 2_105 })
  })

  it('an entry may have been taken off the suppression list since, and the campaign starts', async () => {
    await addSuppression(engine.deps, { value: campaign.leads[2]?.email ?? '', by: BY })
    const { id } = await engine.db.suppression.findFirstOrThrow()
    await removeSuppression(engine.deps, { id, reason: 'Asked to be written to again', by: BY })
    expect(await start()).toMatchObject({ leadsTargeted: 5 })
  })

  it('a lead that was saved since and loses a value while it is judged is found', async () => {
    await engine.db.lead.update({ where: { id: campaign.leads[2]?.id ?? '' }, data: { companyName: 'Another' } })
    expect(await startAround([empty])).toEqual(oneWithout(1))
  })
})

it('a campaign with a lead that lacks a value cannot be scheduled', async () => {
  await empty()
  const startAt = new Date(engine.clock.now().getTime() + 3_600_000)
  await expect(scheduleCampaign(engine.deps, { campaignId: campaign.id, startAt, by: BY })).rejects.toThrow(
    /^"Test campaign" can't be scheduled: "company_name" in step 1 is missing for 1 lead;/,
  )
})
