import { createClock } from '@/clock'
import { createDatabase } from '@/db/client'
import { createTestDatabase } from './database/test-database'
import { depsOn } from './deps'
import type { Engine } from './engine'
import { openPool } from './open-pool'
import { startSmtpSink } from './servers/smtp-sink'

/** The engine's deps on real time, for tests whose sending is done by worker processes. */
export async function createLiveEngine(): Promise<Engine> {
  const { url, drop } = await createTestDatabase()
  const sink = await startSmtpSink()
  const database = createDatabase(url)
  const clock = await createClock(database.sql)
  const deps = depsOn(database, sink, clock)
  const pool = openPool(url)
  await deps.db.settings.update({ where: { id: 1 }, data: { postalAddress: 'Main Street 1, Berlin' } })
  const testClock = { ...clock, set: unavailable, advance: unavailable, advanceDays: unavailable }
  return {
    url,
    deps,
    db: deps.db,
    pool,
    clock: testClock,
    sink,
    woken: [],
    work: unavailable,
    close: async () => {
      deps.mailer.close()
      await deps.leadSources.close()
      clock.stop()
      await database.close()
      await pool.end()
      await sink.close()
      await drop()
    },
  }
}

const unavailable = (): never => {
  throw new Error('Time is real here, and workers do the work')
}
