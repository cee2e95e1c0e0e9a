import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SEARCHED_WITHOUT_INDEX } from '@/db/queries/leads/search-leads'
import { listLeads } from '@/use-cases/leads/list-leads'
import { listSuppressions } from '@/use-cases/suppression/list-suppressions'
import { createEngine, type Engine } from '../../support/engine'

describe('a search', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await createEngine()
    await engine.pool.query(
      `INSERT INTO leads (email, company_name) VALUES ('oldest@needle.example', 'Qx needle');
       INSERT INTO suppressions (kind, value, reason, source, created_at) VALUES ('address', 'oldest@needle.example', 'manual', 'import', '2020-01-01')`,
    )
    await engine.pool.query(
      `INSERT INTO leads (email, company_name) SELECT i || '@x.example', 'Hay' FROM generate_series(1, $1::int) i`,
      [SEARCHED_WITHOUT_INDEX],
    )
    await engine.pool.query(
      `INSERT INTO suppressions (kind, value, reason, source) SELECT 'address', i || '@x.example', 'manual', 'import' FROM generate_series(1, 20000) i`,
    )
  })
  afterAll(() => engine.close())

  const leads = async (search: string) => {
    const { leads, total, searchedNewest } = await listLeads(engine.deps, { search })
    return [leads.map(({ email }) => email), total, searchedNewest]
  }
  const entries = async (search: string) => {
    const { entries, total, searchedNewest } = await listSuppressions(engine.deps, { search })
    return [entries.map(({ value }) => value), total, searchedNewest]
  }
  const oldest = ['oldest@needle.example']

  it('looks at all leads and entries for a part of three letters', async () => {
    expect(await leads('eedl')).toEqual([oldest, 1, null])
    expect(await leads('needle qx')).toEqual([oldest, 1, null])
    expect(await entries('eedl')).toEqual([oldest, 1, null])
  })

  it('looks at the newest leads and entries for a part of two, and says so', async () => {
    expect(await leads('qx')).toEqual([[], 0, SEARCHED_WITHOUT_INDEX])
    expect(await entries('dl')).toEqual([[], 0, 20_000])
  })

  it('counts up to 1,000 leads and no further, without counts by status that would not be true', async () => {
    const byCompany = await listLeads(engine.deps, { search: 'hay', sort: 'company', pageSize: 1 })
    expect([byCompany.sort, byCompany.leads.map(({ email }) => email)]).toEqual(['created', ['10000@x.example']])
    expect((await listLeads(engine.deps, { search: 'needle', sort: 'company' })).sort).toBe('company')
    expect(await listLeads(engine.deps, { search: 'hay' })).toMatchObject({
      total: 1000,
      more: true,
      statusCounts: null,
    })
    expect(await listLeads(engine.deps, { search: 'hay', statuses: ['replied'] })).toMatchObject({
      total: 0,
      more: false,
    })
    expect(await listLeads(engine.deps, {})).toMatchObject({ total: SEARCHED_WITHOUT_INDEX + 1, more: false })
    expect(await listSuppressions(engine.deps, {})).toMatchObject({ total: 10_000, more: true })
  })

  it('looks at the newest on a server without the extension, and finds a whole suppressed address all the same', async () => {
    // With the indexes that need it.
    await engine.pool.query('DROP EXTENSION pg_trgm CASCADE')
    expect(await leads('needle')).toEqual([[], 0, SEARCHED_WITHOUT_INDEX])
    expect(await entries('needle')).toEqual([[], 0, 20_000])
    expect(await entries('Oldest@needle.example')).toEqual([oldest, 1, 20_000])
    await engine.pool.query(
      `DELETE FROM leads WHERE email = '7@x.example'; DELETE FROM suppressions WHERE value = '7@x.example'`,
    )
    expect(await leads('needle')).toEqual([oldest, 1, null])
    expect(await entries('needle')).toEqual([oldest, 1, null])
  })
})
