import { signIn } from './screens/account'
import { saveKey, sourceCard, testKey } from './screens/settings'
import { furnish } from './support/furnish'
import { expect, test } from './support/installation'

// A day passes in 20 seconds.
test.use({ installation: { name: 'finding-leads', clock: { start: '2026-03-02T08:00:00Z', speed: 4_320 } } })
test.describe.configure({ mode: 'serial' })

test.beforeAll(async ({ app }) => {
  await furnish(app.url)
})
test.beforeEach(({ page }) => signIn(page))

test('a wrong key is said in plain words on its card, and the right one with its plan', async ({ page }) => {
  await page.goto('/settings/lead-sources')
  await expect(sourceCard(page, 'Hunter')).toContainText('Sample data source')
  await saveKey(page, 'Hunter', 'not-the-key-0123456789')
  await testKey(page, 'Hunter')
  await expect(sourceCard(page, 'Hunter')).toContainText('Hunter does not accept this key.')
  await expect(sourceCard(page, 'Hunter')).toContainText('Does not work')
  await expect(sourceCard(page, 'Hunter')).not.toContainText('not-the-key')
  await expect(sourceCard(page, 'Apollo')).toContainText('Not tested yet')

  await saveKey(page, 'Hunter', 'sample-key')
  await testKey(page, 'Hunter')
  await expect(sourceCard(page, 'Hunter')).toContainText('The key works. Plan:')
  await expect(sourceCard(page, 'Hunter')).toContainText('left')
})
