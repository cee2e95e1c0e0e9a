import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../support/engine'
import { emptyImports, importRows, rollBack } from '../../support/lead-imports/rolled-back'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

const PEOPLE = ['a', 'b', 'c']
const value = fc.constantFrom('', 'Nord', 'Süd')
const row = fc.record({ company: value, city: value, size: value })
const file = fc.record({ batch: fc.constantFrom(0, 1), rows: fc.array(fc.option(row), { minLength: 3, maxLength: 3 }) })
/** Files of some of the people, into one of two batches; some of them were leads before, and one is in a batch. */
const history = fc
  .record({
    before: fc.array(fc.option(row), { minLength: 3, maxLength: 3 }),
    files: fc.array(file, { minLength: 1, maxLength: 4 }),
  })
  .chain(({ before, files }) =>
    fc.record({
      before: fc.constant(before),
      files: fc.constant(files),
      // Where each file is rolled back: as many moments of the history as there are files.
      order: fc.shuffledSubarray(
        files.map((_, place) => place),
        { minLength: files.length },
      ),
      early: fc.boolean(),
    }),
  )

const state = async () => {
  const leads = await engine.db.lead.findMany({
    orderBy: { email: 'asc' },
    include: { batches: { orderBy: { batchId: 'asc' } } },
  })
  return leads.map(({ email, companyName, city, customFields, batches }) => ({
    email,
    companyName,
    city,
    customFields,
    batches: batches.map(({ batchId }) => batchId),
  }))
}

const textOf = (rows: readonly ({ company: string; city: string; size: string } | null)[]) => {
  const lines = rows.flatMap((one, i) => (one ? [`${PEOPLE[i]}@x.example,${one.company},${one.city},${one.size}`] : []))
  return lines.length > 0 ? ['email,company,city,size', ...lines].join('\n') : null
}

it('once all imports are rolled back, in whichever order, all leads are as before', async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ before, files, order, early }) => {
      await emptyImports(engine)
      for (const [i, one] of before.entries()) {
        if (!one) continue
        const { company, city, size } = one
        await engine.db.lead.create({
          data: {
            email: `${PEOPLE[i]}@x.example`,
            companyName: company || null,
            city: city || null,
            customFields: size ? { size } : {},
          },
        })
      }
      const batches = [
        await engine.db.leadBatch.create({ data: { name: 'One' } }),
        await engine.db.leadBatch.create({ data: { name: 'Two' } }),
      ]
      const known = await engine.db.lead.findFirst({ orderBy: { email: 'asc' } })
      if (known) await engine.db.batchLead.create({ data: { batchId: String(batches[0]?.id), leadId: known.id } })
      const was = await state()
      const waiting = [...order]
      const done: (string | null)[] = []
      const rollBackNext = async () => {
        const place = waiting.findIndex((at) => at < done.length)
        const id = place < 0 ? null : done[waiting[place] ?? 0]
        waiting.splice(place, place < 0 ? 0 : 1)
        if (id) await rollBack(engine, id)
      }
      for (const { batch, rows } of files) {
        engine.clock.advance(60_000)
        const text = textOf(rows)
        done.push(text ? (await importRows(engine, text, { batchId: String(batches[batch]?.id) })).id : null)
        if (early && done.length > 1) await rollBackNext()
      }
      while (waiting.length > 0) {
        engine.clock.advance(60_000)
        await rollBackNext()
      }
      expect(await state()).toEqual(was)
    }),
    { numRuns: 40 },
  )
})
