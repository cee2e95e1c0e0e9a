import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkCampaign } from '@/use-cases/campaigns/check-campaign'
import { updateCampaign } from '@/use-cases/campaigns/update-campaign'
import { createLead } from '@/use-cases/leads/create-lead'
import { setLeadStatus } from '@/use-cases/leads/set-lead-status'
import { addSuppression } from '@/use-cases/suppression/add-suppression'
import { importSuppressions } from '@/use-cases/suppression/import-suppressions'
import { listRemovals } from '@/use-cases/suppression/list-removals'
import { listSuppressions } from '@/use-cases/suppression/list-suppressions'
import { removeSuppression } from '@/use-cases/suppression/remove-suppression'
import {
  BY,
  createBatch,
  createEngine,
  createOutreach,
  type Engine,
  readLedger,
  startOutreach,
} from '../../support/engine'
import { refusal } from '../../support/refusal'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

describe('adding to the suppression list', () => {
  it('skips what is planned for the address; its lead keeps its status unless the person unsubscribed', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 2 })
    const [first, second] = leads
    expect(
      await addSuppression(engine.deps, { value: first?.email.toUpperCase() ?? '', reason: 'bounced', by: BY }),
    ).toEqual({
      kind: 'address',
      value: first?.email,
      added: true,
      leadsAffected: 1,
      emailsSkipped: 3,
    })
    await addSuppression(engine.deps, { value: second?.email ?? '', reason: 'unsubscribed', by: BY })
    expect(await readLedger(engine, id)).toMatchObject({ planned: 6, skipped: 6, pending: 0 })
    const statuses = await engine.db.lead.findMany({
      where: { id: { in: leads.map((lead) => lead.id) } },
      orderBy: { email: 'asc' },
    })
    expect(statuses.map(({ status }) => status)).toEqual(['new', 'unsubscribed'])
    const skipped = await engine.db.scheduledEmail.findFirst({ where: { campaignId: id } })
    expect(skipped?.failureReason).toBe('suppressed')
  })

  it('of a domain silences every address at it, not at its subdomains', async () => {
    await engine.db.suppression.deleteMany()
    const { id, leads } = await startOutreach(engine, { leads: 3, days: [0] })
    const [, , other] = leads
    await engine.db.lead.update({ where: { id: other?.id ?? '' }, data: { email: 'ada@mail.customer.example' } })
    expect(await addSuppression(engine.deps, { value: '@Customer.Example', by: BY })).toMatchObject({
      kind: 'domain',
      value: 'customer.example',
      added: true,
      emailsSkipped: 2,
    })
    expect(await readLedger(engine, id)).toMatchObject({ planned: 3, skipped: 2, pending: 1 })
  })

  it('a second time changes nothing but says so, and refuses what is neither address nor domain', async () => {
    await addSuppression(engine.deps, { value: 'twice@x.example', reason: 'complained', by: BY })
    expect(await addSuppression(engine.deps, { value: 'twice@x.example', by: BY })).toMatchObject({ added: false })
    const { entries } = await listSuppressions(engine.deps, { search: 'twice' })
    expect(entries).toMatchObject([
      { kind: 'address', value: 'twice@x.example', reason: 'complained', source: 'manual' },
    ])
    expect(await refusal(addSuppression(engine.deps, { value: 'nobody', by: BY }))).toEqual({
      code: 'invalid_input',
      message: '"nobody" is neither an email address nor a domain. Nothing was added. Enter an address or a domain.',
    })
  })

  it('can be taken back; skipped emails stay skipped', async () => {
    await addSuppression(engine.deps, { value: 'back@x.example', by: BY })
    const { entries } = await listSuppressions(engine.deps, { search: 'back@' })
    const id = entries[0]?.id ?? ''
    expect(await refusal(createLead(engine.deps, { email: 'back@x.example', by: BY }))).toMatchObject({
      code: 'conflict',
    })
    const removal = { id, reason: 'She wrote to us again', by: BY }
    expect(await removeSuppression(engine.deps, removal)).toEqual({ id, leadsUnsubscribed: 0 })
    await createLead(engine.deps, { email: 'back@x.example', by: BY })
    expect(await refusal(removeSuppression(engine.deps, removal))).toMatchObject({ code: 'not_found' })
  })
})

describe('taking an entry off the list', () => {
  const entryOf = async (search: string) => (await listSuppressions(engine.deps, { search })).entries[0]?.id ?? ''

  it('asks for a reason, and changes nothing without', async () => {
    await addSuppression(engine.deps, { value: 'why@x.example', reason: 'complained', by: BY })
    const id = await entryOf('why@')
    for (const reason of ['', ' \n ', 'x'.repeat(501)]) {
      expect(await refusal(removeSuppression(engine.deps, { id, reason, by: BY }))).toMatchObject({
        code: 'invalid_input',
        message: expect.stringMatching(/ Nothing was changed\.$/),
      })
    }
    expect(await entryOf('why@')).toBe(id)
    expect((await listRemovals(engine.deps)).filter(({ value }) => value === 'why@x.example')).toEqual([])
  })

  it('stays visible: which entry, since when, why, when, and by whom, also after the account is gone', async () => {
    const user = await engine.db.user.create({ data: { id: 'u1', name: 'Mia Berg', email: 'mia@x.example' } })
    const suppressedAt = engine.clock.now()
    await addSuppression(engine.deps, { value: 'seen@x.example', reason: 'unsubscribed', by: BY })
    engine.clock.advance(60_000)
    const id = await entryOf('seen@')
    await removeSuppression(engine.deps, { id, reason: ' Signed up at the fair ', by: user.id })
    await engine.db.user.delete({ where: { id: user.id } })
    expect((await listRemovals(engine.deps))[0]).toEqual({
      id: expect.any(String),
      kind: 'address',
      value: 'seen@x.example',
      reason: 'unsubscribed',
      suppressedAt,
      removedAt: engine.clock.now(),
      by: 'Mia Berg',
      why: 'Signed up at the fair',
    })
    expect(await entryOf('seen@')).toBe('')
  })

  it('leaves a lead unsubscribed, planned by nobody, until a person sets its status', async () => {
    await engine.db.suppression.deleteMany()
    const { batch, leads } = await createBatch(engine, { leads: 1 })
    const lead = leads[0] ?? { id: '', email: '' }
    await setLeadStatus(engine.deps, { ids: [lead.id], status: 'unsubscribed', by: BY })
    const removal = { id: await entryOf(lead.email), reason: 'Asked for it', by: BY }
    expect(await removeSuppression(engine.deps, removal)).toMatchObject({ leadsUnsubscribed: 1 })
    const { id: campaignId } = await createOutreach(engine, { leads: 1, days: [0] })
    await updateCampaign(engine.deps, { campaignId, patch: { batchIds: [batch.id] }, by: BY })
    const before = await checkCampaign(engine.deps, { campaignId })
    expect(before).toMatchObject({ leads: 0, leftOut: [{ reason: 'unsubscribed', count: 1 }] })
    await setLeadStatus(engine.deps, { ids: [lead.id], status: 'new', by: BY })
    expect(await checkCampaign(engine.deps, { campaignId })).toMatchObject({ leads: 1, leftOut: [] })
  })
})

describe('importing a suppression list', () => {
  it('takes pasted lines of addresses and domains, and lists what is neither', async () => {
    await addSuppression(engine.deps, { value: 'known@list.example', by: BY })
    const text = 'known@list.example\nNew@list.example\n\nclosed-list.example\nnobody\nnew@list.example\n'
    expect(await importSuppressions(engine.deps, { fileName: 'pasted rows', text, by: BY })).toEqual({
      rows: 5,
      added: 2,
      existing: 1,
      duplicate: 1,
      invalid: 1,
      leadsAffected: 0,
      emailsSkipped: 0,
      problems: [
        { line: 5, value: 'nobody', problem: '"nobody" is neither an email address nor a domain', kind: 'invalid' },
        { line: 6, value: 'new@list.example', problem: 'Same as line 2', kind: 'duplicate' },
      ],
    })
  })

  it('takes the email column of a CSV file, and skips what is planned', async () => {
    await engine.db.suppression.deleteMany()
    const { id, leads } = await startOutreach(engine, { leads: 2, days: [0, 1] })
    const text = `Name;Email\nAda;${leads[0]?.email}\nBo;${leads[1]?.email}\n`
    const imported = await importSuppressions(engine.deps, {
      fileName: 'optouts.csv',
      text,
      reason: 'unsubscribed',
      by: BY,
    })
    expect(imported).toMatchObject({ rows: 2, added: 2, leadsAffected: 2, emailsSkipped: 4 })
    expect(await readLedger(engine, id)).toMatchObject({ skipped: 4, pending: 0 })
    const { entries, total } = await listSuppressions(engine.deps, { kind: 'address', pageSize: 1 })
    expect([entries.length, total]).toEqual([1, 2])
    expect(entries[0]).toMatchObject({ reason: 'unsubscribed', source: 'import' })
  })

  it('refuses a file without any', async () => {
    expect(
      await refusal(importSuppressions(engine.deps, { fileName: 'notes.txt', text: 'call Ada\n', by: BY })),
    ).toEqual({
      code: 'invalid_input',
      message:
        '"notes.txt" holds no email address and no domain. Line 1: "call Ada" is neither an email address nor a domain. Nothing was added.',
    })
  })
})
