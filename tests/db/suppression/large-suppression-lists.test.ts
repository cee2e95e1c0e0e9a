import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { importLeads } from '@/use-cases/leads/import-leads'
import { importSuppressions } from '@/use-cases/suppression/import-suppressions'
import { BY, createEngine, type Engine, readLedger, startOutreach } from '../../support/engine'
import { untilBlocked } from '../../support/until-blocked'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  await engine.pool.query('DROP TRIGGER IF EXISTS refusing ON suppressions')
  await engine.db.suppression.deleteMany()
})

const address = (n: number) => `person${n}@list.example`
const addresses = (count: number) => Array.from({ length: count }, (_, n) => address(n))
const load = (lines: readonly string[]) =>
  importSuppressions(engine.deps, { fileName: 'no-more.txt', text: lines.join('\n'), reason: 'unsubscribed', by: BY })
const listed = async () => (await engine.db.suppression.findMany()).map(({ value }) => value).sort()

/** From now on the database takes no entry of these values. */
async function refuse(...values: string[]) {
  await engine.pool.query(`
    CREATE OR REPLACE FUNCTION refuse_some() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.value IN (${values.map((value) => `'${value}'`).join()}) THEN RAISE 'no room'; END IF;
      RETURN NEW; END $$;
    CREATE OR REPLACE TRIGGER refusing BEFORE INSERT ON suppressions FOR EACH ROW EXECUTE FUNCTION refuse_some()`)
}

describe('a long list', () => {
  it('is committed part by part: what stands on it already does so whatever the rest waits for', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 2, days: [0] })
    const [first, last] = leads
    const lines = [first?.email ?? '', ...addresses(1_200), last?.email ?? '']
    const recorder = await engine.pool.connect()
    await recorder.query('BEGIN')
    // The last of them waits for whoever records what came of an email to it.
    await recorder.query('SELECT id FROM leads WHERE id = $1 FOR UPDATE', [last?.id])
    const importing = load(lines)
    await untilBlocked(engine.deps.sql, importing)
    const [stands, ledger] = [await listed(), await readLedger(engine, id)]
    await recorder.query('COMMIT')
    recorder.release()
    expect(stands).toContain(first?.email)
    expect(stands).toContain(address(900))
    expect(stands).not.toContain(last?.email)
    expect(ledger).toMatchObject({ skipped: 1, pending: 1 })
    expect(await importing).toMatchObject({
      rows: 1_202,
      added: 1_202,
      existing: 0,
      leadsAffected: 2,
      emailsSkipped: 2,
    })
    expect(await readLedger(engine, id)).toMatchObject({ skipped: 2, pending: 0 })
    expect(await listed()).toHaveLength(1_202)
  })

  it('counts a lead once that two of its lines concern, however far apart they stand', async () => {
    const { leads } = await startOutreach(engine, { leads: 1, days: [0] })
    const lines = [leads[0]?.email ?? '', ...addresses(1_000), 'customer.example']
    expect(await load(lines)).toMatchObject({ leadsAffected: expect.any(Number), emailsSkipped: 1 })
    const atCustomer = await engine.db.lead.count({ where: { email: { endsWith: '@customer.example' } } })
    await engine.db.suppression.deleteMany()
    expect((await load(lines)).leadsAffected).toBe(atCustomer)
  })

  it('names each line that the database did not take, and loses none: imported again, all are on the list', async () => {
    await refuse(address(700))
    const { notRecorded = [], ...done } = await load(addresses(1_700))
    expect(done.added + notRecorded.length).toBe(1_700)
    expect(done).toMatchObject({ rows: 1_700, existing: 0, duplicate: 0, invalid: 0 })
    expect(notRecorded).toContainEqual({ line: 701, value: address(700) })
    const stands = await listed()
    expect([...stands, ...notRecorded.map(({ value }) => value)].sort()).toEqual(addresses(1_700).sort())
    // Those behind it were tried as well.
    expect(stands).toContain(address(1_699))
    await engine.pool.query('DROP TRIGGER refusing ON suppressions')
    const again = await load(addresses(1_700))
    expect(again).toMatchObject({ added: notRecorded.length, existing: done.added })
    expect(again).not.toHaveProperty('notRecorded')
    expect(await listed()).toEqual(addresses(1_700).sort())
  })

  it('is given up where the database takes nothing any more, and still names all that is not on the list', async () => {
    await refuse(...addresses(3_000).slice(500))
    const { notRecorded = [], added } = await load(addresses(3_000))
    expect([added, notRecorded.length]).toEqual([500, 2_500])
    expect(await listed()).toEqual(addresses(500).sort())
  })

  it('that the database takes nothing of is refused whole', async () => {
    await refuse(...addresses(20))
    await expect(load(addresses(20))).rejects.toThrow('no room')
    expect(await listed()).toEqual([])
  })

  it('asks for all public providers at once, with the leads of each', async () => {
    await importLeads(engine.deps, {
      fileName: 'x.csv',
      text: 'Email\na@gmx.at\nb@gmx.at\nc@mail.gmx.at\nd@web.de',
      by: BY,
    })
    expect(await load(['web.de', 'gmx.at', 'fjell.example', 'gmx.net'])).toMatchObject({
      rows: 4,
      added: 1,
      unconfirmed: [
        { line: 1, value: 'web.de', leads: 1 },
        { line: 2, value: 'gmx.at', leads: 2 },
        { line: 4, value: 'gmx.net', leads: 0 },
      ],
    })
  })
})

describe('people of an imported file who want no email', () => {
  it('are on the list part by part, and no lead comes before all of them are', async () => {
    await refuse(address(1_100))
    const file = {
      fileName: 'crm.csv',
      text: ['Email,Unsubscribed', ...addresses(1_200).map((one) => `${one},yes`), 'ada@x.example,no'].join('\n'),
    }
    await expect(importLeads(engine.deps, { ...file, optOuts: 'suppress', by: BY })).rejects.toThrow('no room')
    expect(await engine.db.lead.count({ where: { email: 'ada@x.example' } })).toBe(0)
    expect((await listed()).length).toBe(1_000)
    await engine.pool.query('DROP TRIGGER refusing ON suppressions')
    await importLeads(engine.deps, { ...file, optOuts: 'suppress', by: BY })
    expect(await listed()).toHaveLength(1_200)
    expect(await engine.db.lead.count({ where: { email: 'ada@x.example' } })).toBe(1)
  })
})
