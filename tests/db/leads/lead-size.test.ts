import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { customFieldsProblem } from '@/domain/lead/custom-fields'
import { createLead } from '@/use-cases/leads/create-lead'
import { importLeads } from '@/use-cases/leads/import-leads'
import { updateLead } from '@/use-cases/leads/update-lead'
import { BY, createEngine, type Engine } from '../../support/engine'
import { refusal } from '../../support/refusal'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

const fieldsOf = (count: number, value = 'x') =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`field_${i}`, value]))
const ofBytes = (bytes: number) => {
  // Ten fields of the same length: {"field_0": "…", …}
  const share = Math.floor((bytes - 2 - 10 * '"field_0": "", '.length + 2) / 10)
  return fieldsOf(10, 'x'.repeat(share))
}
const TOO_MANY = 'A lead has at most 200 custom fields, and these are 201'
const TOO_MUCH = 'The custom fields of a lead have at most 38 kB together, and these have more'

describe('a lead', () => {
  it('takes 200 custom fields by hand, and no more', async () => {
    const { id } = await createLead(engine.deps, { email: 'many@x.example', customFields: fieldsOf(200), by: BY })
    expect((await refusal(updateLead(engine.deps, { id, customFields: fieldsOf(201), by: BY }))).message).toBe(
      `${TOO_MANY}. Nothing was saved. Correct it and save again.`,
    )
    const more = { email: 'more@x.example', customFields: fieldsOf(201), by: BY }
    expect((await refusal(createLead(engine.deps, more))).message).toContain(TOO_MANY)
  })

  it('takes 38 kB of them, and no more', async () => {
    const { id } = await createLead(engine.deps, { email: 'big@x.example', customFields: ofBytes(38_912), by: BY })
    expect((await engine.db.lead.findUniqueOrThrow({ where: { id } })).customFields).toEqual(ofBytes(38_912))
    const larger = { id, customFields: ofBytes(38_930), by: BY }
    expect((await refusal(updateLead(engine.deps, larger))).message).toContain(TOO_MUCH)
  })

  it('is left out of an import, with its line, where its fields are too much together', async () => {
    const columns = Array.from({ length: 12 }, (_, i) => `note${i}`)
    const row = (email: string, length: number) => [email, ...columns.map(() => 'ü'.repeat(length))].join(',')
    const text = [['email', ...columns].join(','), row('fits@x.example', 1_000), row('large@x.example', 2_000)].join(
      '\n',
    )
    const imported = await importLeads(engine.deps, { fileName: 'a.csv', text, by: BY })
    expect(imported).toMatchObject({ rows: 2, added: 1, invalid: 1 })
    expect(imported.problems).toMatchObject([{ line: 3, email: 'large@x.example', problem: TOO_MUCH }])
  })

  it('keeps what it has where an import would make it too large, and is filled in all else', async () => {
    await createLead(engine.deps, { email: 'full@x.example', customFields: ofBytes(38_000), by: BY })
    const text = `email,city,remark\nfull@x.example,Kiel,${'y'.repeat(2_000)}\n`
    expect(await importLeads(engine.deps, { fileName: 'a.csv', text, by: BY })).toMatchObject({ existing: 1 })
    const lead = await engine.db.lead.findUniqueOrThrow({ where: { email: 'full@x.example' } })
    expect(lead.city).toBe('Kiel')
    expect(lead.customFields).toEqual(ofBytes(38_000))
  })
})

describe('the database', () => {
  const insert = (email: string, fields: object, city = '') =>
    engine.pool.query('INSERT INTO leads (email, custom_fields, city) VALUES ($1, $2, $3)', [
      email,
      JSON.stringify(fields),
      city,
    ])

  it('refuses what the program would not store', async () => {
    await expect(insert('db1@x.example', fieldsOf(201))).rejects.toThrow('leads_size_check')
    await expect(insert('db2@x.example', { a: 'x'.repeat(38_912) })).rejects.toThrow('leads_size_check')
    await expect(insert('db3@x.example', {}, 'x'.repeat(26_700))).rejects.toThrow('leads_size_check')
    await insert('db4@x.example', fieldsOf(200), 'x'.repeat(20_000))
  })

  it('counts the bytes of all fields of its own, to the last one', async () => {
    const [email, company, rest] = ['db5@x.example', 'Müller', 'x'.repeat(20_000)]
    const put = (bytes: number) =>
      engine.pool.query('INSERT INTO leads (email, company_name, city, website) VALUES ($1, $2, $3, $4)', [
        email,
        company,
        rest,
        'y'.repeat(bytes - Buffer.byteLength(email + company + rest)),
      ])
    await expect(put(26_625)).rejects.toThrow('leads_size_check')
    await put(26_624)
  })

  it('needs no call of a function to measure them', async () => {
    const { rows } = await engine.pool.query('EXPLAIN (VERBOSE) SELECT own_fields_fit(l) FROM leads l')
    expect(JSON.stringify(rows)).toContain('octet_length')
    expect(JSON.stringify(rows)).not.toContain('own_fields_fit')
  })

  it('measures as the program does', async () => {
    const odd = { 'a"b\\c': 'line\nbreak\t\u0001', ä: '😀'.repeat(3_000), empty: '' }
    for (const length of [26_850, 26_851, 26_852, 26_853, 26_854, 26_855, 26_856, 26_857, 26_858, 26_859, 26_860]) {
      const fields = { ...odd, filler: 'x'.repeat(length) }
      const { rows } = await engine.pool.query('SELECT custom_fields_fit($1::jsonb) AS fits', [JSON.stringify(fields)])
      // The program counts a blank too many at most.
      if (customFieldsProblem(fields) === null) expect(rows[0].fits).toBe(true)
    }
    const { rows } = await engine.pool.query('SELECT octet_length($1::jsonb::text) AS bytes', [JSON.stringify(odd)])
    expect(rows[0].bytes).toBe(new TextEncoder().encode(JSON.stringify(odd)).length + 2 * 3 - 1)
  })

  it('lets a lead of before stay as it is, and be changed in other things', async () => {
    const { pool } = engine
    await pool.query(
      `ALTER TABLE leads DROP CONSTRAINT leads_size_check; DROP FUNCTION custom_fields_fit; DROP FUNCTION own_fields_fit`,
    )
    await insert('before@x.example', fieldsOf(2_000))
    await pool.query(await readFile('prisma/migrations/0021_lead_size/migration.sql', 'utf8'))
    const { id } = await engine.db.lead.findUniqueOrThrow({ where: { email: 'before@x.example' } })
    await updateLead(engine.deps, { id, city: 'Kiel', by: BY })
    const lead = await engine.db.lead.findUniqueOrThrow({ where: { id } })
    expect([lead.city, Object.keys(lead.customFields as object).length]).toEqual(['Kiel', 2_000])
    await expect(insert('after@x.example', fieldsOf(201))).rejects.toThrow('leads_size_check')
  })
})
