import { expect, type Page } from 'playwright/test'

export async function setPostalAddress(page: Page, { company, address }: { company: string; address: string }) {
  if (new URL(page.url()).pathname !== '/settings') await page.goto('/settings')
  await page.getByLabel('Company name').fill(company)
  await page.getByLabel('Postal address').fill(address)
  const card = page.getByRole('region', { name: 'Who you are' })
  await card.getByRole('button', { name: 'Save changes' }).click()
  await expect(card.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
}

/** The card of a source in Settings. */
export const sourceCard = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

export async function saveKey(page: Page, source: string, key: string) {
  const card = sourceCard(page, source)
  await card.getByRole('button', { name: 'Change key' }).click()
  await card.getByLabel('Key').fill(key)
  await card.getByRole('button', { name: 'Save key' }).click()
  await expect(card.getByRole('button', { name: 'Change key' })).toBeVisible()
}

export async function testKey(page: Page, source: string) {
  await sourceCard(page, source).getByRole('button', { name: 'Test' }).click()
}
