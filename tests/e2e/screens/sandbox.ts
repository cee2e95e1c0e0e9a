import { expect, type Page } from 'playwright/test'

/** Opens the newest received mail to an address. */
export async function openEmailTo(page: Page, address: string) {
  await page.goto(`/sandbox?search=${encodeURIComponent(address)}`)
  const row = page
    .getByRole('table', { name: 'Received emails' })
    .locator('tbody tr')
    .filter({ hasText: address })
    .first()
  await row.getByRole('link').click()
  await expect(page).toHaveURL(/\/sandbox\/[0-9a-f-]{36}/)
}

/** All headers of the open mail by lower-cased name. */
export async function readHeaders(page: Page): Promise<Map<string, string>> {
  await page.getByRole('link', { name: 'Headers' }).click()
  const table = page.getByRole('table', { name: 'Headers of this email' })
  await expect(table).toBeVisible()
  const headers = new Map<string, string>()
  for (const row of await table.locator('tbody tr').all()) {
    const [name = '', value = ''] = await row.locator('td').allInnerTexts()
    headers.set(name.trim().toLowerCase(), value.split('\n').at(-1)?.trim() ?? '')
  }
  return headers
}
