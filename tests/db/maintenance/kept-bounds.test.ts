import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KEPT_BOUNDS, KEPT_THINGS, type KeptThing, mayKeepFor } from '@/domain/retention'
import { createEngine, type Engine } from '../../support/engine'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

describe('the bounds of an owner', () => {
  const takes = (thing: KeptThing, days: number | null) =>
    engine.db.settings.update({ where: { id: 1 }, data: { [thing]: days } }).then(
      () => true,
      () => false,
    )

  it.each(KEPT_THINGS)('are the same for the database: %s', async (thing) => {
    const { least, most } = KEPT_BOUNDS[thing]
    for (const days of [null, 0, least - 1, least, most, most + 1])
      expect([days, await takes(thing, days)]).toEqual([days, mayKeepFor(thing, days)])
  })
})
