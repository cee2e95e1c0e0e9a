import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../support/database/test-database'
import { BENCHMARKS } from './benchmarks'
import { openBenchDatabasesBy } from './support/database'
import { type Figure, figure, judged, medianPair } from './support/figures'
import { cpuSecondsOfFamily } from './support/process-use'

// Whether they measure, never how fast: that is the machine's as well.
const SMALL = 0.003

const BUSY = `while (process.cpuUsage().user + process.cpuUsage().system < 400_000);
process.send('has been busy')
setInterval(() => undefined, 1000)`

describe('benchmarks, at a small size', () => {
  beforeAll(() =>
    openBenchDatabasesBy(async () => {
      const { url, drop } = await createTestDatabase()
      return { url, close: drop }
    }),
  )

  it.each(Object.entries(BENCHMARKS))('%s measures what it says', async (_name, benchmark) => {
    const figures: Figure[] = []
    await benchmark({ scale: SMALL, note: () => undefined, report: (measured) => figures.push(figure(measured)) })
    expect(figures.length).toBeGreaterThan(0)
    for (const { name, value, unit, limit, ratio } of figures) {
      expect({ name, positive: value > 0, unit }).toEqual({ name, positive: true, unit })
      if (limit !== null) expect((ratio ?? 0) / (value / limit), name).toBeCloseTo(1, 1)
    }
    expect(new Set(figures.map(({ name }) => name)).size).toBe(figures.length)
  })

  it('says whether an aim is met', () => {
    const slow = figure({ name: 'send', value: 500, unit: 'emails/s', limit: 1000 })
    expect(slow.ratio).toBe(0.5)
    expect(judged(slow, { ratio: { atLeast: 0.8 } })).toBe('ratio >= 0.8: MISSED')
    expect(judged(slow, { ratio: { atMost: 0.6 }, value: { atMost: 500 } })).toBe('ratio <= 0.6: met, <= 500: met')
    expect(judged(slow, { value: { atLeast: 501 } })).toBe('>= 501: MISSED')
    expect(judged(slow, undefined)).toBe('')
  })

  it('counts the processor time of a server in all of its processes, also those that have ended', async () => {
    const before = cpuSecondsOfFamily(process.pid)
    const child = spawn(process.execPath, ['--eval', BUSY], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    await once(child, 'message')
    expect(cpuSecondsOfFamily(process.pid) - before).toBeGreaterThan(0.3)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(cpuSecondsOfFamily(process.pid) - before).toBeGreaterThan(0.3)
  })

  it('compares what was measured in the same minute', () => {
    // The machine was slow in the second round, for both. Medians taken apart would be 150 and 110.
    expect(medianPair([150, 320, 130], [110, 240, 100])).toEqual({ value: 320, limit: 240 })
  })
})
