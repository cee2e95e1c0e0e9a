import fc from 'fast-check'
import { saved } from '../asks'
import { Advance, Look, Tick } from '../happenings'
import { several } from '../pieces'
import { ask, none, scene, send, start, the } from './scene'

/** Two campaigns by a mailbox that grows from one a day, over a weekend and holidays, day after day, and is saved meanwhile. */
export const growing = fc
  .tuple(
    fc.constantFrom(['2026-03-09'], ['2026-03-06', '2026-03-07'], []),
    fc.constantFrom([1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 6, 7]),
    fc.constantFrom('2026-03-01', '2026-03-05', '2026-03-08'),
    fc.constantFrom(undefined, null, { start: 1, step: 2 }, { start: 2, step: 1, days: 1 }, { start: 4, step: 1 }),
    fc.constantFrom(null, 3, 5),
  )
  .chain(([holidays, days, from, grows, limit]) => {
    const today = several(send(none), the(new Look(), new Advance(1440, 'as long'), new Tick()))
    const window = { zone: 'Europe/Berlin', days, from: 0, to: 24, holidays }
    return scene(
      {
        startsAt: Date.parse('2026-03-05T09:00:00Z'),
        box: { limit: 4, ramp: { start: 1, step: 1, from }, window },
        campaigns: [{ days: [0, 1] }, {}],
      },
      start(0),
      ...[today, today, start(1), today],
      the(...ask(saved(0, limit, grows)), new Look()),
      ...[today, today, today],
    )
  })
