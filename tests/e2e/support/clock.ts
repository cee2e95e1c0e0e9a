import { expect } from 'playwright/test'

/** Returns campaign time. */
export async function campaignTime(url: string): Promise<Date> {
  const answer = await fetch(`${url}/api/health`)
  const health = (await answer.json()) as { clock: { now: string } }
  return new Date(health.clock.now)
}

/** Waits until campaign time has passed a moment. */
export const untilTime = (url: string, moment: Date) =>
  expect
    .poll(async () => (await campaignTime(url)).getTime(), { timeout: 240_000, intervals: [500] })
    .toBeGreaterThan(moment.getTime())
