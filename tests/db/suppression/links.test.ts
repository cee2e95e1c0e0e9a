import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { holdSendGate } from '@/db/send-gate'
import { addressHash, unsubscribeToken } from '@/lib/encryption'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { updateCampaign } from '@/use-cases/campaigns/update-campaign'
import { deleteLeads } from '@/use-cases/leads/delete-leads'
import { importLeads } from '@/use-cases/leads/import-leads'
import { updateLead } from '@/use-cases/leads/update-lead'
import { recordAddressHashes } from '@/use-cases/suppression/record-address-hashes'
import { getUnsubscribe, unsubscribe } from '@/use-cases/suppression/unsubscribe'
import { BY, createEngine, createOutreach, type Engine, readLedger, startOutreach } from '../../support/engine'
import { untilBlocked } from '../../support/until-blocked'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  await engine.db.campaign.updateMany({ where: { status: 'running' }, data: { status: 'paused' } })
})

const keyOf = () => engine.deps.config.consentKey
const hashOf = (email: string) => addressHash(keyOf(), email)
const tokenOf = (id: string | undefined) => unsubscribeToken(keyOf(), id ?? '')
const firstEmailOf = (leadId: string) =>
  engine.db.scheduledEmail.findFirstOrThrow({ where: { leadId }, orderBy: { workflowStepNumber: 'asc' } })

/** A campaign of one lead whose first email was sent, with the token in that email. */
async function sentOutreach(options: { days?: number[]; leads?: number } = {}) {
  const { leads = 1, days = [0, 5] } = options
  const campaign = await startOutreach(engine, { leads, days })
  await engine.work()
  const [lead] = campaign.leads
  if (!lead) throw new Error('no lead')
  const email = await firstEmailOf(lead.id)
  expect(email.status).toBe('sent')
  return { ...campaign, lead, email, token: tokenOf(email.id) }
}

async function importedAgain(email: string) {
  const again = await importLeads(engine.deps, {
    fileName: 'again.csv',
    text: `email,company,first name\n${email},Nord,Ada\n`,
    by: BY,
  })
  const lead = await engine.db.lead.findUniqueOrThrow({ where: { email } })
  return { lead, batchId: again.batchId ?? '' }
}

async function startWith(batchId: string) {
  const draft = await createOutreach(engine, { leads: 1, days: [0, 1, 1] })
  await updateCampaign(engine.deps, { campaignId: draft.id, patch: { batchIds: [batchId] }, by: BY })
  await startCampaign(engine.deps, { campaignId: draft.id, by: BY })
  return draft.id
}

describe('an unsubscribe link', () => {
  it('works after its lead was deleted, without anybody knowing the address', async () => {
    const { lead, token } = await sentOutreach()
    await deleteLeads(engine.deps, { ids: [lead.id], by: BY })
    expect(await getUnsubscribe(engine.deps, { token })).toEqual({ email: null, done: false })
    expect(await unsubscribe(engine.deps, { token })).toBe(true)
    expect(await engine.db.suppression.findMany({ where: { valueHash: hashOf(lead.email) } })).toMatchObject([
      { kind: 'address', value: null, reason: 'unsubscribed', source: 'link' },
    ])
    expect(await getUnsubscribe(engine.deps, { token })).toMatchObject({ email: null, done: true })
    const again = await importLeads(engine.deps, { fileName: 'again.csv', text: `email\n${lead.email}\n`, by: BY })
    expect(again).toMatchObject({ rows: 1, added: 0, suppressed: 1 })
    expect(again.problems).toMatchObject([{ line: 2, problem: 'On the suppression list: unsubscribed' }])
  })

  it('stops the emails of the lead that was imported again after the deletion, in every campaign', async () => {
    const { lead, token } = await sentOutreach()
    await deleteLeads(engine.deps, { ids: [lead.id], by: BY })
    const { lead: back, batchId } = await importedAgain(lead.email)
    const campaignId = await startWith(batchId)
    const other = await startOutreach(engine, { leads: 1, days: [0] })
    await engine.db.scheduledEmail.updateMany({ where: { campaignId: other.id }, data: { leadId: back.id } })
    expect(await readLedger(engine, campaignId)).toMatchObject({ pending: 3 })
    expect(await getUnsubscribe(engine.deps, { token })).toMatchObject({ email: lead.email })
    await unsubscribe(engine.deps, { token })
    expect(await readLedger(engine, campaignId)).toMatchObject({ pending: 0, skipped: 3 })
    expect(await readLedger(engine, other.id)).toMatchObject({ pending: 0, skipped: 1 })
    expect(await engine.db.lead.findUnique({ where: { id: back.id } })).toMatchObject({ status: 'unsubscribed' })
    expect(await engine.db.suppression.findMany({ where: { valueHash: hashOf(lead.email) } })).toMatchObject([
      { value: lead.email, reason: 'unsubscribed' },
    ])
  })

  it('suppresses the address that got the email, not the one that its lead has since', async () => {
    const { id, lead, token } = await sentOutreach()
    const moved = `moved-${lead.email}`
    await updateLead(engine.deps, { id: lead.id, email: moved, by: BY })
    expect(await getUnsubscribe(engine.deps, { token })).toMatchObject({ email: lead.email })
    await unsubscribe(engine.deps, { token })
    expect(await engine.db.suppression.findMany({ where: { value: { in: [lead.email, moved] } } })).toMatchObject([
      { value: lead.email },
    ])
    expect(await engine.db.lead.findUnique({ where: { id: lead.id } })).toMatchObject({ status: 'contacted' })
    expect(await readLedger(engine, id)).toMatchObject({ pending: 1 })
  })

  it('is that of the old address, too, when the edit came before the email was known to have arrived', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 1, days: [0] })
    const lead = leads[0] ?? { id: '', email: '' }
    // On the wire when its worker died: the server may have taken it.
    await engine.db.scheduledEmail.updateMany({ where: { campaignId: id }, data: { status: 'held', claim: 1 } })
    await updateLead(engine.deps, { id: lead.id, email: `new-${lead.email}`, by: BY })
    const email = await firstEmailOf(lead.id)
    await unsubscribe(engine.deps, { token: tokenOf(email.id) })
    const list = await engine.db.suppression.findMany({
      where: { valueHash: { in: [hashOf(lead.email), hashOf(`new-${lead.email}`)] } },
    })
    expect(list.map(({ valueHash }) => valueHash)).toEqual([hashOf(lead.email)])
  })

  it('belongs to both addresses when an email in doubt was sent again after the edit', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 1, days: [0] })
    const lead = leads[0] ?? { id: '', email: '' }
    await engine.db.scheduledEmail.updateMany({ where: { campaignId: id }, data: { status: 'held', claim: 1 } })
    await updateLead(engine.deps, { id: lead.id, email: `two-${lead.email}`, by: BY })
    await engine.db.scheduledEmail.updateMany({ where: { campaignId: id }, data: { status: 'pending' } })
    await engine.work()
    const email = await firstEmailOf(lead.id)
    expect(email).toMatchObject({ status: 'sent', claim: 2 })
    await unsubscribe(engine.deps, { token: tokenOf(email.id) })
    const list = await engine.db.suppression.findMany({
      where: { valueHash: { in: [hashOf(lead.email), hashOf(`two-${lead.email}`)] } },
    })
    expect(list.map(({ value }) => value).sort()).toEqual([null, `two-${lead.email}`].sort())
  })

  it('works after its campaign is gone, and after lead and campaign are', async () => {
    const first = await sentOutreach()
    await engine.db.campaign.delete({ where: { id: first.id } })
    expect(await getUnsubscribe(engine.deps, { token: first.token })).toMatchObject({ email: first.lead.email })
    await deleteLeads(engine.deps, { ids: [first.lead.id], by: BY })
    expect(await unsubscribe(engine.deps, { token: first.token })).toBe(true)
    expect(await engine.db.suppression.count({ where: { valueHash: hashOf(first.lead.email), value: null } })).toBe(1)
  })

  it('is kept at a cost that does not grow with the links kept already', async () => {
    const { leads } = await sentOutreach({ leads: 20, days: [0] })
    await recordAddressHashes(engine.deps)
    const client = await engine.pool.connect()
    try {
      // Known to be empty, so that reading all of it looks cheap.
      await client.query('BEGIN; TRUNCATE kept_links; ANALYZE kept_links')
      await client.query('DELETE FROM leads WHERE id = ANY($1)', [leads.map(({ id }) => id)])
      const { rows } = await client.query(
        `SELECT n_tup_ins::int AS kept, seq_tup_read::int AS read FROM pg_stat_xact_user_tables WHERE relname = 'kept_links'`,
      )
      expect(rows).toEqual([{ kept: 20, read: 0 }])
    } finally {
      await client.query('ROLLBACK')
      client.release()
    }
  })

  it('of before addresses were remembered works as far as its rows go, with the address on record', async () => {
    const { lead, email, token } = await sentOutreach()
    // As an edit has left it then: no hash, no kept link.
    await engine.pool.query('UPDATE leads SET email_hash = NULL WHERE id = $1', [lead.id])
    await engine.pool.query('UPDATE leads SET email = $2, email_hash = NULL WHERE id = $1', [
      lead.id,
      `x-${lead.email}`,
    ])
    expect(await engine.db.keptLink.count({ where: { scheduledEmailId: email.id } })).toBe(0)
    expect(await getUnsubscribe(engine.deps, { token })).toMatchObject({ email: lead.email })
    await deleteLeads(engine.deps, { ids: [lead.id], by: BY })
    expect(await engine.db.keptLink.findMany({ where: { scheduledEmailId: email.id } })).toMatchObject([
      { addressHash: hashOf(lead.email) },
    ])
    await unsubscribe(engine.deps, { token })
    expect(await engine.db.suppression.count({ where: { valueHash: hashOf(lead.email) } })).toBe(1)
  })

  it('finds a lead that another program has put into the database without a hash', async () => {
    const { lead, token } = await sentOutreach()
    await deleteLeads(engine.deps, { ids: [lead.id], by: BY })
    const { id } = await engine.db.lead.create({ data: { email: lead.email } })
    await unsubscribe(engine.deps, { token })
    expect(await engine.db.lead.findUnique({ where: { id } })).toMatchObject({ status: 'unsubscribed' })
  })
})

describe('the answer to a second click', () => {
  it('comes without the send gate, and a burst of first clicks closes it once', async () => {
    const { lead, token } = await sentOutreach()
    let ticks = 0
    const enqueueTick = async () => {
      ticks += 1
    }
    const deps = { ...engine.deps, queue: { ...engine.deps.queue, enqueueTick } }
    const burst = await Promise.all(Array.from({ length: 20 }, () => unsubscribe(deps, { token })))
    expect(burst).toEqual(Array.from({ length: 20 }, () => true))
    expect(ticks).toBe(1)
    // Held by a sender all the while: whoever closes it waits.
    const gate = await holdSendGate(engine.deps.sql)
    try {
      const click = unsubscribe(deps, { token })
      const waits = untilBlocked(engine.deps.sql, click).then(
        () => 'waits for the gate',
        () => click,
      )
      expect(await Promise.race([click, waits])).toBe(true)
      expect(await getUnsubscribe(deps, { token })).toMatchObject({ email: lead.email, done: true })
    } finally {
      await gate.release()
    }
  })

  it('counts all the same where a person had set the lead’s status back', async () => {
    const { lead, token } = await sentOutreach()
    await unsubscribe(engine.deps, { token })
    await engine.db.lead.update({ where: { id: lead.id }, data: { status: 'interested' } })
    expect(await getUnsubscribe(engine.deps, { token })).toMatchObject({ done: true })
    expect(await unsubscribe(engine.deps, { token })).toBe(true)
    expect(await engine.db.lead.findUnique({ where: { id: lead.id } })).toMatchObject({ status: 'unsubscribed' })
  })

  it('makes an entry that somebody else had made the person’s own wish', async () => {
    const { lead, token } = await sentOutreach()
    await engine.db.suppression.create({
      data: { kind: 'address', value: lead.email, reason: 'manual', source: 'manual' },
    })
    expect(await getUnsubscribe(engine.deps, { token })).toMatchObject({ done: false })
    await unsubscribe(engine.deps, { token })
    expect(await engine.db.suppression.findMany({ where: { value: lead.email } })).toMatchObject([
      { reason: 'unsubscribed', source: 'link' },
    ])
    expect(await getUnsubscribe(engine.deps, { token })).toMatchObject({ done: true })
  })
})
