import { expect } from 'playwright/test'
import type { Database } from './database'

/** Waits until campaign time has passed a moment. */
export const untilTime = (database: Database, moment: Date) =>
  expect
    .poll(async () => (await database.campaignTime()).getTime(), { timeout: 240_000, intervals: [500] })
    .toBeGreaterThan(moment.getTime())
