import { expect } from 'playwright/test'
import type { Database } from './database'

/** Campaign time, as the processes simulate it. */
async function campaignTime(database: Database): Promise<Date> {
  const { at } = await database.one(
    'SELECT starts_at + (clock_timestamp() - real_origin) * speed AS at FROM simulated_clock',
  )
  return at instanceof Date ? at : new Date(Number.NaN)
}

/** Waits until campaign time has passed a moment. */
export const untilTime = (database: Database, moment: Date) =>
  expect
    .poll(async () => (await campaignTime(database)).getTime(), { timeout: 240_000, intervals: [500] })
    .toBeGreaterThan(moment.getTime())
