import { afterAll, beforeAll, expect, it } from 'vitest'
import { selectEmptiestLead } from '@/db/queries/templates/select-fill-rates'
import { createEngine, type Engine } from '../../support/engine'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
  await engine.db.lead.create({
    data: { email: 'full@x.example', customFields: { constructor: 'Hull', toString: 'x' } },
  })
  await engine.db.lead.create({ data: { email: 'empty@x.example' } })
})
afterAll(() => engine.close())

it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
  'the lead with the fewest values is found also by a custom field that is called %s',
  async (variable) => {
    const found = await selectEmptiestLead(engine.deps.sql, [variable, 'constructor'])
    const lead = await engine.db.lead.findUniqueOrThrow({ where: { id: found?.id ?? '' } })
    expect(lead.email).toBe('empty@x.example')
  },
)
