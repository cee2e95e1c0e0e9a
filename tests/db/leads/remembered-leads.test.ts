import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { insertFoundLeads } from '@/db/queries/lead-generation/store-found-leads'
import { transaction } from '@/db/sql'
import { addressHash } from '@/lib/encryption'
import { checkCampaign } from '@/use-cases/campaigns/check-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { updateCampaign } from '@/use-cases/campaigns/update-campaign'
import { createLead } from '@/use-cases/leads/create-lead'
import { deleteLeads } from '@/use-cases/leads/delete-leads'
import { getLead } from '@/use-cases/leads/get-lead'
import { importLeads } from '@/use-cases/leads/import-leads'
import { setLeadStatus } from '@/use-cases/leads/set-lead-status'
import { updateLead } from '@/use-cases/leads/update-lead'
import { BY, createBatch, createEngine, createOutreach, type Engine, startOutreach } from '../../support/engine'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  await engine.db.campaign.updateMany({ where: { status: 'running' }, data: { status: 'paused' } })
})

const hashOf = (email: string) => addressHash(engine.deps.config.consentKey, email)
const importOf = (email: string, dryRun = false) =>
  importLeads(engine.deps, { fileName: 'a.csv', text: `email,company,first name\n${email},Nord,Ada\n`, dryRun, by: BY })

/** An address that was emailed now and whose lead was deleted after. */
async function emailedAndDeleted() {
  const { leads } = await startOutreach(engine, { leads: 1, days: [0] })
  await engine.work()
  const email = leads[0]?.email ?? ''
  const contactedAt = engine.clock.now()
  await deleteLeads(engine.deps, { ids: [leads[0]?.id ?? ''], by: BY })
  return { email, contactedAt }
}

async function campaignOf(batchId: string) {
  const { id } = await createOutreach(engine, { leads: 1, days: [0] })
  await updateCampaign(engine.deps, { campaignId: id, patch: { batchIds: [batchId] }, by: BY })
  return id
}

const NO_DETAILS = {
  companyName: null,
  contactName: null,
  firstName: null,
  lastName: null,
  jobTitle: null,
  phone: null,
  industry: null,
  city: null,
  country: null,
  website: null,
  linkedinUrl: null,
}

describe('an address whose lead was deleted', () => {
  it('is not new when it is imported again: emailed before, counted, with its last contact', async () => {
    const { email, contactedAt } = await emailedAndDeleted()
    expect(await importOf(email, true)).toMatchObject({ rows: 1, added: 1, mailedBefore: 1 })
    expect(await importOf(email)).toMatchObject({ rows: 1, added: 1, mailedBefore: 1 })
    expect(await engine.db.lead.findUnique({ where: { email } })).toMatchObject({
      status: 'contacted',
      emailsSent: 0,
      lastContactedAt: contactedAt,
    })
    // It is a lead now, like any other.
    expect(await importOf(email, true)).toMatchObject({ added: 0, existing: 1, mailedBefore: 0 })
  })

  it('is so as well when it is added by hand, found by a source, or given to another lead', async () => {
    const [byHand, found, given] = [await emailedAndDeleted(), await emailedAndDeleted(), await emailedAndDeleted()]
    const created = await createLead(engine.deps, { email: byHand.email, by: BY })
    expect(created.mailedBefore).toEqual(byHand.contactedAt)
    expect(await getLead(engine.deps, created.id)).toMatchObject({ status: 'contacted' })
    const { lead } = { lead: { email: found.email, ...NO_DETAILS, customFields: {} } }
    await transaction(engine.deps.sql, (tx) =>
      insertFoundLeads(
        tx,
        [{ lead, sourceRef: 'p1', emailConfidence: null, fieldsToClear: [], emailHash: hashOf(found.email) }],
        { source: 'apollo', at: engine.clock.now() },
      ),
    )
    expect(await engine.db.lead.findUnique({ where: { email: found.email } })).toMatchObject({
      status: 'contacted',
      lastContactedAt: found.contactedAt,
    })
    const other = await createLead(engine.deps, { email: `first-${given.email}`, by: BY })
    expect(other.mailedBefore).toBeNull()
    await updateLead(engine.deps, { id: other.id, email: given.email, by: BY })
    expect(await getLead(engine.deps, other.id)).toMatchObject({
      status: 'contacted',
      lastContactedAt: given.contactedAt,
    })
  })

  it('gets no email within 24 hours of the last one, and the next right after', async () => {
    const { email, contactedAt } = await emailedAndDeleted()
    const { batchId } = await importOf(email)
    const campaignId = await campaignOf(batchId ?? '')
    await startCampaign(engine.deps, { campaignId, by: BY })
    await engine.work()
    const planned = () => engine.db.scheduledEmail.findFirstOrThrow({ where: { campaignId } })
    expect(await planned()).toMatchObject({
      status: 'pending',
      scheduledFor: new Date(contactedAt.getTime() + 24 * 3_600_000),
    })
    engine.clock.advance(24 * 3_600_000)
    await engine.work()
    expect(await planned()).toMatchObject({ status: 'sent' })
    expect(await engine.db.lead.findUnique({ where: { email } })).toMatchObject({ emailsSent: 1 })
  })

  it('keeps a status that had ended its sequences, and is left out of new campaigns with it', async () => {
    for (const status of ['not_interested', 'converted', 'replied'] as const) {
      const { batch, leads } = await createBatch(engine, { leads: 1 })
      const email = leads[0]?.email ?? ''
      await setLeadStatus(engine.deps, { ids: [leads[0]?.id ?? ''], status, by: BY })
      await deleteLeads(engine.deps, { ids: [leads[0]?.id ?? ''], by: BY })
      await engine.db.leadBatch.delete({ where: { id: batch.id } })
      const { batchId } = await importOf(email)
      expect(await engine.db.lead.findUnique({ where: { email } })).toMatchObject({ status, lastContactedAt: null })
      const campaignId = await campaignOf(batchId ?? '')
      expect(await checkCampaign(engine.deps, { campaignId })).toMatchObject({
        leads: 0,
        leftOut: [{ reason: status, count: 1 }],
      })
    }
  })

  it('leaves nothing behind when it was neither emailed nor had said anything', async () => {
    const { id } = await createLead(engine.deps, { email: 'nothing@erased.example', by: BY })
    await deleteLeads(engine.deps, { ids: [id], by: BY })
    expect(await engine.db.contactedAddress.count({ where: { addressHash: hashOf('nothing@erased.example') } })).toBe(0)
    expect(await importOf('nothing@erased.example')).toMatchObject({ added: 1, mailedBefore: 0 })
  })

  it('counts an email whose delivery is unknown as its last contact', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 1, days: [0] })
    const since = new Date('2026-03-01T10:00:00Z')
    await engine.db.scheduledEmail.updateMany({
      where: { campaignId: id },
      data: { status: 'held', claim: 1, sendingSince: since },
    })
    await deleteLeads(engine.deps, { ids: [leads[0]?.id ?? ''], by: BY })
    await importOf(leads[0]?.email ?? '')
    expect(await engine.db.lead.findUnique({ where: { email: leads[0]?.email ?? '' } })).toMatchObject({
      lastContactedAt: since,
    })
  })
})
