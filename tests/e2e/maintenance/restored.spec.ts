import { signIn } from '../screens/account'
import { expectAccessible } from '../support/axe'
import { furnish } from '../support/furnish'
import { expect, test } from '../support/installation'
import { untilSettled } from '../support/pages'
import { NIGHT, startRunningCampaign } from '../support/running-campaign'

test.use({ installation: { name: 'restored', clock: NIGHT } })

test('after a restore every page says what is missing, the look before a resume what may have left, until somebody accepts it', async ({
  app,
  database,
  page,
}) => {
  const { id } = await startRunningCampaign(await furnish(app), { days: [0, 1] })
  // As a restore leaves it.
  await database.rows(
    "UPDATE campaigns SET status = 'paused', status_reason = 'restored from a backup of 2026-03-01 02:00 UTC'",
  )
  await database.rows("INSERT INTO restores (taken_at, restored_at) VALUES ('2026-03-01T02:00Z', '2026-03-02T02:00Z')")
  await database.rows(
    "UPDATE scheduled_emails SET status = 'held', held_at = '2026-03-02T02:00Z', sending_since = scheduled_for WHERE workflow_step_number = 1",
  )
  await signIn(page)
  await page.goto('/leads')
  await untilSettled(page)
  const note = page.getByText(/^Restored from a backup of/)
  await expect(note).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Import opt-outs' }).click()
  await expect(page).toHaveURL(/\/settings\/suppression/)
  await page.goto(`/campaigns/${id}`)
  await page.getByRole('button', { name: 'Resume' }).first().click()
  const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'))
  await expect(dialog.getByText('may have been sent since the backup of')).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Accept the restore' }).click()
  await expect(note).toBeHidden()
  expect(await database.count('restores WHERE accepted_by IS NOT NULL')).toBe(1)
})
