import { expect, type Page } from '@playwright/test'

export async function setPostalAddress(page: Page, { company, address }: { company: string; address: string }) {
  await page.goto('/settings')
  await page.getByLabel('Company name').fill(company)
  await page.getByLabel('Postal address').fill(address)
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
}
