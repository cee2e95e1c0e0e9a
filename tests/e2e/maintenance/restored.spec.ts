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
  await test.step('opt-outs that are known of elsewhere are imported', async () => {
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('One address or domain a line').fill('gone@else.example\nnever.example')
    await dialog.getByRole('button', { name: 'Import', exact: true }).click()
    await expect(dialog.getByText('2 lines: 2 added.')).toBeVisible()
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
    expect(await database.count("suppressions WHERE value IN ('gone@else.example', 'never.example')")).toBe(2)
    await expect(note).toBeVisible()
  })
  await page.goto(`/campaigns/${id}`)
  await page.getByRole('button', { name: 'Resume' }).first().click()
  const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'))
  await expect(dialog.getByText('may have been sent since the backup of')).toBeVisible()
  await expectAccessible(page)
  await test.step('the emails that may have been sent stand in a list of their own', async () => {
    await dialog.getByRole('link', { name: '2 emails' }).click()
    await expect(page).toHaveURL(/status=held/)
    const emails = page.getByRole('table', { name: 'Planned emails' })
    await expect(emails.locator('tbody').getByRole('checkbox')).toHaveCount(2)
  })
  await test.step('resumed, the campaign leaves them held', async () => {
    await page.goto(`/campaigns/${id}`)
    await page.getByRole('button', { name: 'Resume' }).first().click()
    await dialog.getByRole('button', { name: /^Resume/ }).click()
    await expect(dialog).toBeHidden()
    expect(await database.count(`campaigns WHERE status = 'running'`)).toBe(1)
    expect(await database.count(`scheduled_emails WHERE status = 'held'`)).toBe(2)
  })
  await page.getByRole('button', { name: 'Accept the restore' }).click()
  await expect(note).toBeHidden()
  expect(await database.count('restores WHERE accepted_by IS NOT NULL')).toBe(1)
})
