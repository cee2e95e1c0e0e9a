import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Clock, createClock, type Simulation } from '@/clock'
import { type ClockNotice, clockWords } from '@/domain/time/clock-samples'
import { getHealth } from '@/use-cases/maintenance/get-health'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { createEngine, type Engine, startOutreach } from '../../support/engine'

const DAY_MS = 86_400_000

describe('a clock that begins', () => {
  let engine: Engine
  const clocks: Clock[] = []
  beforeEach(async () => {
    engine = await createEngine()
  })
  afterEach(async () => {
    for (const clock of clocks.splice(0)) clock.stop()
    await engine.close()
  })
  async function begin(simulation?: Simulation) {
    const heard: ClockNotice[] = []
    const clock = await createClock(engine.deps.sql, simulation, (notice) => heard.push(notice))
    clocks.push(clock)
    return { clock, heard }
  }
  const simulation = { startsAt: new Date('2027-03-04T09:00:00Z'), speed: 60 }

  it('shares the simulated time of its database, and says nothing where that is the one asked for', async () => {
    const first = await begin(simulation)
    const second = await begin(simulation)
    expect([first.heard, second.heard]).toEqual([[], []])
    expect(Math.abs(first.clock.now().getTime() - second.clock.now().getTime())).toBeLessThan(60 * 60_000)
  })

  it.each([
    ['start', { ...simulation, startsAt: new Date('2026-03-02T09:00:00Z') }],
    ['speed', { ...simulation, speed: 1 }],
  ])('says that another %s is not used, and what is', async (_title, other) => {
    await begin(simulation)
    const { clock, heard } = await begin(other)
    expect(heard).toEqual([{ kind: 'simulation_kept', now: expect.any(Date), speed: 60 }])
    expect([clock.speed, clock.now() >= simulation.startsAt]).toEqual([60, true])
    const { clock: health } = await getHealth({ ...engine.deps, clock })
    expect(health.notices).toEqual(heard.map(clockWords))
  })

  it('says that real time is behind what simulated time has stored', async () => {
    await begin(simulation)
    const stored = new Date(Date.now() + 400 * DAY_MS)
    engine.clock.set(stored)
    await startOutreach(engine, { leads: 1, days: [0] })
    const { clock, heard } = await begin()
    expect(heard).toEqual([{ kind: 'behind', now: expect.any(Date), stored, wasSimulated: true }])
    expect(clock.simulated).toBe(false)
  })

  it('says nothing where what is stored is past', async () => {
    engine.clock.set(new Date(Date.now() - DAY_MS))
    await startOutreach(engine, { leads: 1, days: [0] })
    expect((await begin()).heard).toEqual([])
  })
})

describe('a clock that has jumped', () => {
  it('is heard once in the activity of each campaign that runs, whoever noticed, and on health', async () => {
    const engine = await createEngine()
    try {
      const { id } = await startOutreach(engine, { leads: 1, days: [0, 1] })
      const at = engine.clock.now()
      const noticed = (late: number): Clock => ({
        ...engine.clock,
        notices: () => [{ kind: 'jumped', at: new Date(at.getTime() + late), byMs: 7_200_000 }],
      })
      for (const clock of [noticed(0), noticed(20_000), noticed(0)]) await runTick({ ...engine.deps, clock })
      const events = await engine.db.campaignEvent.findMany({ where: { campaignId: id, kind: 'clock_jumped' } })
      expect(events.map(({ message }) => message)).toEqual([
        `The clock jumped 2 hours ahead, to ${at.toISOString()}. Emails leave by the new time.`,
      ])
      const health = await getHealth({ ...engine.deps, clock: noticed(0) })
      expect(health.clock.notices).toEqual([events[0]?.message])
    } finally {
      await engine.close()
    }
  })
})
