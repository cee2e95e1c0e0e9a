import { expect, test } from 'playwright/test'
import type { RunningApp } from '../../../scripts/lib/app/start-app'
import { OWNER } from '../screens/account'
import type { Database } from '../support/database'
import type { Hand } from './hands'
import { COLLEAGUE, type Day } from './morning'

/** What the log has of one day, each at least so often. */
const ACTS: readonly [words: string, times: number][] = [
  ['Signed in', 1],
  ['Wrote a reply', 3],
  [`Assigned a conversation to ${COLLEAGUE.name}`, 1],
  ['Changed a campaign', 3],
  ['Imported leads', 1],
  ['Rolled back the import of', 1],
]

/** The replies of the day have left, in the threads of its campaign. */
export const expectAnswered = (database: Database, { campaignId }: Day) =>
  expect
    .poll(
      () =>
        database.count(
          `replies r JOIN scheduled_emails e ON e.id = r.scheduled_email_id WHERE r.status = 'sent' AND e.campaign_id = $1`,
          [campaignId],
        ),
      { timeout: 60_000 },
    )
    .toBe(3)

/** The audit log shows what was done in a day, and nothing that only the machine or one person may know. */
export async function readAuditLog(hand: Hand, day: Day, { app, token }: { app: RunningApp; token: string }) {
  const { page } = hand
  await test.step('the audit log has the acts of the day', async () => {
    await hand.goTo('Settings', 'Audit log')
    const lines = page.getByRole('table', { name: 'Audit log' }).locator('tbody tr')
    await expect(lines.first()).toBeVisible()
    const texts = await lines.allInnerTexts()
    for (const [words, times] of ACTS)
      expect(texts.filter((line) => line.includes(words)).length, words).toBeGreaterThanOrEqual(times)
    const changes = texts.filter((line) => line.includes(`Changed a campaign ${day.name}`))
    expect(changes).toHaveLength(3)
    expect(changes.filter((line) => line.includes('undoes version 2'))).toHaveLength(1)
  })
  await test.step('and no secret', async () => {
    const cookies = (await page.context().cookies()).flatMap(({ name, value }) =>
      name.includes('session') ? [decodeURIComponent(value).split('.')[0]] : [],
    )
    const { AUTH_SECRET, ENCRYPTION_KEY } = app.env
    const passwords = [OWNER.password, COLLEAGUE.password]
    const secrets = [...cookies, ...passwords, AUTH_SECRET, ENCRYPTION_KEY, app.ownerCode, token]
    const href = await page.getByRole('link', { name: 'Export CSV' }).getAttribute('href')
    const file = await (await page.request.get(String(href))).text()
    expect(file).toContain('Signed in')
    const written = [await page.content(), file, JSON.stringify(await day.database.rows('SELECT * FROM audit_entries'))]
    for (const secret of secrets) {
      expect(secret).toMatch(/.{8}/)
      for (const text of written) expect(text.includes(String(secret)), 'a secret').toBe(false)
    }
  })
}
