import { expect, type Page } from 'playwright/test'

export type LeftOut = { line: number; email: string; problem: string; kind: string }

/** Chooses a file; nothing is imported before the check is confirmed. */
export async function chooseFile(page: Page, path: string) {
  await page.goto('/leads/import')
  await page.getByLabel('CSV file', { exact: true }).setInputFiles(path)
  await expect(page.getByRole('heading', { name: /left out$/ })).toBeVisible()
}

/** The rows that the check leaves out, as the screen lists them. */
export async function readLeftOut(page: Page): Promise<LeftOut[]> {
  const table = page.getByRole('table', { name: 'Rows that are left out' })
  const rows = await table.locator('tbody tr').all()
  return Promise.all(
    rows.map(async (row) => {
      const cells = (await row.locator('td').allInnerTexts()).map((cell) => cell.split('\n').at(-1)?.trim() ?? '')
      const [line = '', email = '', problem = '', kind = ''] = cells
      return { line: Number(line.replace(/\D/g, '')), email, problem, kind }
    }),
  )
}

export async function importIntoNewBatch(page: Page, { name, leads }: { name: string; leads: number }) {
  await page.getByRole('radio', { name: 'A new batch' }).check()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: `Import ${leads} leads` }).click()
  await expect(page.getByRole('status').filter({ hasText: `${leads} leads imported into “${name}”` })).toBeVisible()
}
