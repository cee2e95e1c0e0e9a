import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addressHash } from '@/lib/encryption'
import { checkCampaign } from '@/use-cases/campaigns/check-campaign'
import { updateCampaign } from '@/use-cases/campaigns/update-campaign'
import { createLead } from '@/use-cases/leads/create-lead'
import { deleteLeads } from '@/use-cases/leads/delete-leads'
import { importLeads } from '@/use-cases/leads/import-leads'
import { setLeadStatus } from '@/use-cases/leads/set-lead-status'
import { updateLead } from '@/use-cases/leads/update-lead'
import { listMessages } from '@/use-cases/sandbox/list-messages'
import { storeSandboxMessages } from '@/use-cases/sandbox/store-sandbox-messages'
import { addSuppression } from '@/use-cases/suppression/add-suppression'
import { listSuppressions } from '@/use-cases/suppression/list-suppressions'
import { recordAddressHashes } from '@/use-cases/suppression/record-address-hashes'
import { BY, createEngine, createOutreach, type Engine, startOutreach } from '../../support/engine'
import { refusal } from '../../support/refusal'

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

async function campaignOf(batchId: string) {
  const { id } = await createOutreach(engine, { leads: 1, days: [0] })
  await updateCampaign(engine.deps, { campaignId: id, patch: { batchIds: [batchId] }, by: BY })
  return id
}

describe('erasing a person', () => {
  it('takes the address out of every table and leaves its keyed hash on the list', async () => {
    const { leads } = await startOutreach(engine, { leads: 1, days: [0] })
    await engine.work()
    const lead = leads[0] ?? { id: '', email: '' }
    await addSuppression(engine.deps, { value: lead.email, reason: 'complained', by: BY })
    await storeSandboxMessages(engine.deps, [
      { messageId: '<1@x>', fromEmail: 'me@x.example', toEmail: lead.email, subject: 'Hello', raw: Buffer.from('x') },
    ])
    await engine.db.suppressionRemoval.create({
      data: {
        kind: 'address',
        value: lead.email,
        valueHash: hashOf(lead.email),
        reason: 'manual',
        source: 'manual',
        suppressedAt: engine.clock.now(),
        removedAt: engine.clock.now(),
        why: 'by mistake',
      },
    })
    await deleteLeads(engine.deps, { ids: [lead.id], by: BY })
    const { rows } = await engine.pool.query<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
    )
    for (const { name } of rows) {
      const { rows: holding } = await engine.pool.query(
        `SELECT 1 FROM "${name}" t WHERE t::text LIKE '%' || $1 || '%'`,
        [lead.email],
      )
      expect([name, holding.length]).toEqual([name, 0])
    }
    expect((await listMessages(engine.deps, { search: lead.email })).total).toBe(0)
    expect(await engine.db.suppression.findMany({ where: { valueHash: hashOf(lead.email) } })).toMatchObject([
      { kind: 'address', value: null, reason: 'complained' },
    ])
  })

  it('takes the addresses of before an edit along, and none that another lead has', async () => {
    const { leads } = await startOutreach(engine, { leads: 2, days: [0] })
    await engine.work()
    const [lead, other] = [leads[0] ?? { id: '', email: '' }, leads[1] ?? { id: '', email: '' }]
    await updateLead(engine.deps, { id: lead.id, email: `new-${lead.email}`, by: BY })
    for (const value of [lead.email, `new-${lead.email}`, other.email])
      await addSuppression(engine.deps, { value, by: BY })
    await deleteLeads(engine.deps, { ids: [lead.id], by: BY })
    const left = await engine.db.suppression.findMany({
      where: { valueHash: { in: [lead.email, `new-${lead.email}`, other.email].map(hashOf) } },
    })
    expect(left.map(({ value }) => value).sort()).toEqual([null, null, other.email].sort())
  })

  it('forgets the address in the journal of lead generation, not what else was bought there', async () => {
    const campaign = await engine.db.campaign.create({ data: { name: 'Finds', campaignType: 'lead_generation' } })
    const run = await engine.db.leadGenerationRun.create({
      data: { campaignId: campaign.id, dueAt: engine.clock.now() },
    })
    const call = await engine.db.leadGenerationCall.create({
      data: {
        runId: run.id,
        source: 'hunter',
        api: 'hunter',
        seq: 1,
        kind: 'domain',
        paid: true,
        params: {},
        refs: ['brought.example', 'brought.example#gone@brought.example', 'brought.example#here@brought.example'],
        status: 'answered',
      },
    })
    const { id } = await createLead(engine.deps, { email: 'gone@brought.example', by: BY })
    await deleteLeads(engine.deps, { ids: [id], by: BY })
    expect(await engine.db.leadGenerationCall.findUnique({ where: { id: call.id } })).toMatchObject({
      refs: ['brought.example', 'brought.example#here@brought.example'],
    })
  })
})

describe('an address of which only the hash is left on the list', () => {
  it('is refused at import, by hand and at an edit with its reason, and found by its whole spelling', async () => {
    const email = 'only@hash.example'
    await engine.db.suppression.create({
      data: { kind: 'address', valueHash: hashOf(email), reason: 'complained', source: 'manual' },
    })
    for (const dryRun of [true, false]) {
      const checked = await importOf(email, dryRun)
      expect(checked).toMatchObject({ rows: 1, added: 0, suppressed: 1 })
      expect(checked.problems).toMatchObject([{ line: 2, problem: 'On the suppression list: complained' }])
    }
    const words = `"${email}" is on the suppression list (complained).`
    const created = await refusal(createLead(engine.deps, { email, by: BY }))
    expect(created).toMatchObject({ code: 'conflict', message: expect.stringContaining(words) })
    const { id } = await createLead(engine.deps, { email: 'other@hash.example', by: BY })
    const edited = await refusal(updateLead(engine.deps, { id, email, by: BY }))
    expect(edited).toMatchObject({ code: 'conflict', message: expect.stringContaining(words) })
    expect((await listSuppressions(engine.deps, { search: ' Only@Hash.example' })).entries).toMatchObject([
      { value: null, reason: 'complained' },
    ])
    expect((await listSuppressions(engine.deps, { search: 'only@hash' })).total).toBe(0)
    expect(await addSuppression(engine.deps, { value: email, by: BY })).toMatchObject({ added: false })
  })

  it('is neither planned nor sent to, should a lead of it be there', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 2, days: [0] })
    const [lead, other] = leads
    await recordAddressHashes(engine.deps)
    await engine.db.suppression.create({
      data: { kind: 'address', valueHash: hashOf(lead?.email ?? ''), reason: 'complained', source: 'manual' },
    })
    await engine.work()
    const emails = await engine.db.scheduledEmail.findMany({ where: { campaignId: id } })
    expect(emails.find(({ leadId }) => leadId === lead?.id)).toMatchObject({
      status: 'skipped',
      failureReason: 'suppressed',
    })
    expect(emails.find(({ leadId }) => leadId === other?.id)).toMatchObject({ status: 'sent' })
    const batch = await engine.db.leadBatch.create({
      data: { name: 'Again', leads: { create: { leadId: lead?.id ?? '' } } },
    })
    expect(await checkCampaign(engine.deps, { campaignId: await campaignOf(batch.id) })).toMatchObject({
      leads: 0,
      leftOut: [{ reason: 'suppressed', count: 1 }],
    })
  })

  it('is suppressed with the hash, so that deleting it and importing it again brings nobody back', async () => {
    const { id, email } = await engine.db.lead.create({ data: { email: 'byhand@erased.example' } })
    await setLeadStatus(engine.deps, { ids: [id], status: 'unsubscribed', by: BY })
    await deleteLeads(engine.deps, { ids: [id], by: BY })
    expect(await engine.db.suppression.findMany({ where: { valueHash: hashOf(email) } })).toMatchObject([
      { value: null, reason: 'unsubscribed' },
    ])
    expect(await refusal(createLead(engine.deps, { email, by: BY }))).toMatchObject({ code: 'conflict' })
  })
})
