import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLead } from '@/use-cases/leads/create-lead'
import { addSuppression } from '@/use-cases/suppression/add-suppression'
import { importSuppressions } from '@/use-cases/suppression/import-suppressions'
import { listSuppressions } from '@/use-cases/suppression/list-suppressions'
import { removeSuppression } from '@/use-cases/suppression/remove-suppression'
import { BY, createEngine, type Engine, readLedger, startOutreach } from '../../support/engine'
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
    await removeSuppression(engine.deps, { id, by: BY })
    await createLead(engine.deps, { email: 'back@x.example', by: BY })
    expect(await refusal(removeSuppression(engine.deps, { id, by: BY }))).toMatchObject({ code: 'not_found' })
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
