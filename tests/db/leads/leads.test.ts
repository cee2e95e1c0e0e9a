import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { holdSendGate } from '@/db/send-gate'
import { createLead } from '@/use-cases/leads/create-lead'
import { deleteLeads } from '@/use-cases/leads/delete-leads'
import { getLead } from '@/use-cases/leads/get-lead'
import { listLeads } from '@/use-cases/leads/list-leads'
import { setLeadStatus } from '@/use-cases/leads/set-lead-status'
import { updateLead } from '@/use-cases/leads/update-lead'
import { addSuppression } from '@/use-cases/suppression/add-suppression'
import { BY, createEngine, type Engine, readLedger, startOutreach, statusOf } from '../../support/engine'
import { refusal } from '../../support/refusal'
import { untilBlocked } from '../../support/until-blocked'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

const idsOf = (leads: readonly { id: string }[], count: number) => leads.slice(0, count).map(({ id }) => id)

describe('creating and editing', () => {
  it('normalises what a person types, and completes the names', async () => {
    const { id } = await createLead(engine.deps, {
      email: ' Ada@Create.Example ',
      firstName: 'Ada',
      lastName: 'Winter',
      country: 'Deutschland',
      website: 'create.example',
      customFields: { 'Deal size': ' 50k ', empty: ' ' },
      by: BY,
    })
    expect(await getLead(engine.deps, id)).toMatchObject({
      email: 'ada@create.example',
      contactName: 'Ada Winter',
      country: 'DE',
      website: 'https://create.example',
      customFields: { deal_size: '50k' },
      status: 'new',
      source: 'manual',
      batches: [],
      timeline: [],
      suppressed: null,
    })
    await updateLead(engine.deps, { id, city: 'Kiel', website: null, by: BY })
    expect(await getLead(engine.deps, id)).toMatchObject({ city: 'Kiel', website: null, country: 'DE' })
  })

  it('refuses what is no address, a second lead of one address, suppressed addresses and leads that are gone', async () => {
    const { id } = await createLead(engine.deps, { email: 'one@refuse.example', by: BY })
    await createLead(engine.deps, { email: 'two@refuse.example', by: BY })
    await addSuppression(engine.deps, { value: 'never@refuse.example', reason: 'complained', by: BY })
    const create = (email: string) => refusal(createLead(engine.deps, { email, by: BY }))
    expect(await create('nobody')).toEqual({
      code: 'invalid_input',
      message: '"nobody" is not an email address: the @ is missing. Nothing was saved. Correct it and save again.',
    })
    expect(await create('ONE@refuse.example')).toEqual({
      code: 'duplicate',
      message: '"one@refuse.example" is a lead already. Nothing was created. Open that lead to change it.',
    })
    expect(await create('never@refuse.example')).toEqual({
      code: 'conflict',
      message:
        '"never@refuse.example" is on the suppression list (complained). The lead was not created. Remove the entry under Settings, Suppression if it is wrong.',
    })
    expect(await refusal(updateLead(engine.deps, { id, email: 'two@refuse.example', by: BY }))).toMatchObject({
      code: 'duplicate',
    })
    expect(await refusal(updateLead(engine.deps, { id, website: 'see our page', by: BY }))).toEqual({
      code: 'invalid_input',
      message: 'Website: "see our page" is not a web address. Nothing was saved. Correct it and save again.',
    })
    const gone = '01900000-0000-7000-8000-000000000000'
    expect(await refusal(updateLead(engine.deps, { id: gone, city: 'Kiel', by: BY }))).toMatchObject({
      code: 'not_found',
    })
    expect(await refusal(getLead(engine.deps, gone))).toMatchObject({ code: 'not_found' })
  })
})

describe('listing', () => {
  it('finds by every word, filters, counts by status, sorts with blanks last and pages without gaps', async () => {
    const names = ['Quill & Co', 'Quill 100%', 'Quill_x', null]
    const ids: string[] = []
    for (const [i, companyName] of names.entries()) {
      const { id } = await createLead(engine.deps, { email: `p${i}@listing.example`, companyName, city: 'Ulm', by: BY })
      ids.push(id)
    }
    await setLeadStatus(engine.deps, { ids: ids.slice(0, 1), status: 'replied', by: BY })
    const list = (input: Parameters<typeof listLeads>[1]) => listLeads(engine.deps, input)
    expect(await list({ search: 'LISTING ulm' })).toMatchObject({ total: 4, statusCounts: { new: 3, replied: 1 } })
    expect(await list({ search: 'listing', statuses: ['replied'] })).toMatchObject({
      total: 1,
      statusCounts: { new: 3, replied: 1 },
    })
    expect((await list({ search: '100%' })).total).toBe(1)
    expect((await list({ search: 'Quill_x listing' })).total).toBe(1)
    expect((await list({ search: 'nobody at all' })).leads).toEqual([])
    for (const descending of [false, true]) {
      const sorted = await list({ search: 'listing', sort: 'company', descending })
      expect(sorted.leads.at(-1)?.companyName).toBeNull()
    }
    const first = await list({ search: 'listing', sort: 'status', pageSize: 3 })
    const second = await list({ search: 'listing', sort: 'status', pageSize: 3, after: first.next ?? '' })
    expect([first.previous, second.next]).toEqual([null, null])
    expect([...first.leads, ...second.leads].map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
  })
})

describe('a status in which leads are not mailed', () => {
  it('skips what is planned for them in all campaigns, in the same act, and counts it', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 4 })
    await engine.work()
    const result = await setLeadStatus(engine.deps, { ids: idsOf(leads, 2), status: 'not_interested', by: BY })
    expect(result).toEqual({ updated: 2, emailsSkipped: 4 })
    expect(await readLedger(engine, id)).toMatchObject({ planned: 12, sent: 4, pending: 4, skipped: 4 })
    const skipped = await engine.db.scheduledEmail.findFirst({ where: { campaignId: id, status: 'skipped' } })
    expect(skipped).toMatchObject({ failureReason: 'lead_unmailable', waitReason: null })
  })

  it('suppresses the address of a lead that is set to unsubscribed, for good, and of no other', async () => {
    const { batch, leads } = await startOutreach(engine, { leads: 3 })
    const [silent, outcome, other] = leads
    await engine.db.suppression.create({
      data: { kind: 'address', value: outcome?.email ?? '', reason: 'complained', source: 'import' },
    })
    await setLeadStatus(engine.deps, { ids: idsOf(leads, 2), status: 'unsubscribed', by: BY })
    await setLeadStatus(engine.deps, { ids: [other?.id ?? ''], status: 'not_interested', by: BY })
    const entries = await engine.db.suppression.findMany({
      where: { value: { in: leads.map(({ email }) => email) } },
      orderBy: { value: 'asc' },
    })
    expect(entries.map(({ kind, value, reason, source }) => [kind, value, reason, source])).toEqual([
      ['address', silent?.email, 'unsubscribed', 'manual'],
      ['address', outcome?.email, 'complained', 'import'],
    ])
    await setLeadStatus(engine.deps, { ids: idsOf(leads, 3), status: 'new', by: BY })
    expect(await engine.db.lead.count({ where: { status: 'new', batches: { some: { batchId: batch.id } } } })).toBe(3)
    expect(await engine.db.suppression.count({ where: { value: { in: leads.map(({ email }) => email) } } })).toBe(2)
  })

  it('leaves emails that are sent, and says when leads are gone', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 1, days: [0] })
    await engine.work()
    const result = await setLeadStatus(engine.deps, { ids: idsOf(leads, 1), status: 'converted', by: BY })
    expect(result).toEqual({ updated: 1, emailsSkipped: 0 })
    expect(await readLedger(engine, id)).toMatchObject({ planned: 1, sent: 1 })
    expect(
      await refusal(
        setLeadStatus(engine.deps, { ids: ['01900000-0000-7000-8000-000000000000'], status: 'new', by: BY }),
      ),
    ).toEqual({
      code: 'not_found',
      message: 'This lead does not exist any more. Nothing was changed.',
    })
  })

  it('waits for SMTP transactions that are beginning, and lets none begin after it', async () => {
    const { leads } = await startOutreach(engine, { leads: 1, days: [0] })
    const gate = await holdSendGate(engine.deps.sql)
    try {
      let done = false
      const silencing = setLeadStatus(engine.deps, { ids: idsOf(leads, 1), status: 'invalid', by: BY }).then(() => {
        done = true
      })
      await untilBlocked(engine.deps.sql, silencing)
      expect(done).toBe(false)
      await gate.release()
      await silencing
    } finally {
      await gate.release()
    }
    const before = engine.sink.received.length
    await engine.work()
    expect(engine.sink.received.length).toBe(before)
  })
})

describe('deleting', () => {
  it('takes the lead’s emails along and keeps the campaign’s counts true', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 3 })
    await engine.work()
    const ids = idsOf(leads, 1)
    const emails = { plannedEmails: 2, sentEmails: 1, campaigns: 1 }
    const expected = { leads: 1, ...emails, waitingReplies: 0, heldReplies: 0 }
    expect(await deleteLeads(engine.deps, { ids, dryRun: true, by: BY })).toEqual(expected)
    expect(await engine.db.lead.count({ where: { id: { in: ids } } })).toBe(1)
    expect(await deleteLeads(engine.deps, { ids, by: BY })).toEqual(expected)
    expect(await readLedger(engine, id)).toMatchObject({ planned: 6, sent: 2, pending: 4 })
    expect(await engine.db.campaign.findUnique({ where: { id } })).toMatchObject({
      totalLeadsTargeted: 2,
      emailsScheduledCount: 6,
      emailsSentCount: 2,
    })
    expect(await engine.db.email.count({ where: { leadId: { in: ids } } })).toBe(0)
    expect(await refusal(deleteLeads(engine.deps, { ids, by: BY }))).toMatchObject({ code: 'not_found' })
  })

  it('is refused for all while an email to one of them is being sent', async () => {
    const { leads } = await startOutreach(engine, { leads: 2, days: [0], name: 'On the wire' })
    await engine.db.scheduledEmail.updateMany({
      where: { leadId: leads[0]?.id ?? '' },
      data: { status: 'sending', leaseUntil: new Date(Date.now() + 60_000) },
    })
    expect(await refusal(deleteLeads(engine.deps, { ids: idsOf(leads, 2), by: BY }))).toEqual({
      code: 'in_use',
      message:
        'An email of campaign "On the wire" is being sent right now to one of these leads. Nothing was deleted. Try again in a minute.',
    })
    expect(await engine.db.lead.count({ where: { id: { in: idsOf(leads, 2) } } })).toBe(2)
    expect(
      await refusal(updateLead(engine.deps, { id: leads[0]?.id ?? '', email: 'new@wire.example', by: BY })),
    ).toMatchObject({
      code: 'in_use',
    })
    await engine.db.scheduledEmail.updateMany({
      where: { leadId: leads[0]?.id ?? '' },
      data: { status: 'failed', leaseUntil: null },
    })
  })
})

it('tells a lead’s whole story: its batches and every email with its state', async () => {
  const { id, leads, batch } = await startOutreach(engine, { leads: 1, name: 'Story' })
  await engine.work()
  const lead = await getLead(engine.deps, leads[0]?.id ?? '')
  expect(lead.batches).toMatchObject([{ id: batch.id, name: batch.name }])
  expect(lead.timeline.map(({ workflowStepNumber, status }) => [workflowStepNumber, status])).toEqual([
    [3, 'pending'],
    [2, 'pending'],
    [1, 'sent'],
  ])
  expect(lead.timeline[2]).toMatchObject({
    campaign: { id, name: 'Story', status: await statusOf(engine, id) },
    subject: 'Step 1 for Company 1',
    sentAt: engine.clock.now(),
  })
})
