import { expect, type Page } from 'playwright/test'
import { expectGoodPage } from '../support/axe'
import type { Database } from '../support/database'

/** The one unread notification is found by the bell and followed, and then it is chosen how a person is unread. */
export async function useNotifications(page: Page, database: Database) {
  const bell = page.getByRole('link', { name: 'Notifications, 1 unread' })
  await expect(bell).toBeVisible({ timeout: 60_000 })
  await bell.click()
  const unread = page.getByRole('main').getByRole('link', { name: /replied to “With answers” \(unread\)$/ })
  await expect(unread).toHaveCount(1)
  await expect(page.getByRole('main')).toContainText('Yes, please call me on Tuesday.')
  await expectGoodPage(page, '/notifications')
  await page.setViewportSize({ width: 1280, height: 720 })
  await unread.click()
  await expect(page).toHaveURL(/\/inbox\?.*id=/)
  await expect(page.getByRole('link', { name: 'Notifications', exact: true })).toBeVisible()
  await page.goto('/notifications')
  await expect(page.getByRole('button', { name: 'Mark all as read' })).toBeDisabled()
  await page.getByRole('link', { name: 'Notification settings' }).click()
  const choices = page.getByRole('region', { name: 'Notifications' })
  await choices.getByLabel('A lead replies: by email').check()
  await choices.getByLabel('A campaign ends: in the app').uncheck()
  await expect
    .poll(() => database.rows('SELECT kind, in_app, by_email FROM notification_choices ORDER BY kind'))
    .toEqual([
      { kind: 'campaign_ended', in_app: false, by_email: false },
      { kind: 'reply', in_app: true, by_email: true },
    ])
  await page.reload()
  await expect(choices.getByLabel('A lead replies: by email')).toBeChecked()
  await expect(choices.getByLabel('A campaign ends: in the app')).not.toBeChecked()
}
