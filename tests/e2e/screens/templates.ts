import { expect, type Page } from 'playwright/test'

export type Text = { name: string; subject: string; text: string }

/** Fills the editor of a new template; the preview beside it answers by itself. */
export async function beginTemplate(page: Page, { name, subject, text }: Text) {
  await page.goto('/templates/new')
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('Subject', { exact: true }).fill(subject)
  await page.getByLabel('Text', { exact: true }).fill(text)
}

export const changeText = (page: Page, text: string) => page.getByLabel('Text', { exact: true }).fill(text)

/** Saves, and answers the template's id: a saved template has an address of its own. */
export async function saveTemplate(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Saved.', { exact: true }).last()).toBeVisible()
  await expect(page).toHaveURL(/\/templates\/[0-9a-f-]{36}(\?|$)/)
  return idOf(page)
}

export async function writeTemplate(page: Page, text: Text): Promise<string> {
  await beginTemplate(page, text)
  await expect(previewOf(page)).toContainText(text.text.split('\n').at(-1) ?? '')
  return saveTemplate(page)
}

/** The email as a lead would get it. */
export const previewOf = (page: Page) => page.getByRole('region', { name: 'Preview' })

/** Everything there is to say against the template. */
export const thingsToLookAt = (page: Page) => page.getByRole('region', { name: /things? to look at/ })

export const idOf = (page: Page) => /[0-9a-f-]{36}/.exec(new URL(page.url()).pathname)?.[0] ?? ''
