import { expect, type Page } from 'playwright/test'
import { chooseFrom } from './controls'
import { idOf } from './templates'

/** A workflow of the named templates, the given days apart. */
export async function writeWorkflow(page: Page, input: { name: string; templates: readonly string[]; days: number }) {
  await page.goto('/workflows/new')
  await page.getByLabel('Name', { exact: true }).fill(input.name)
  for (const [index, template] of input.templates.entries()) {
    const step = page.getByRole('region', { name: `Step ${index + 1}`, exact: true })
    if ((await step.count()) === 0) await page.getByRole('button', { name: 'Add step' }).click()
    await step.getByRole('button', { name: 'Use a template' }).click()
    if (index > 0) await step.getByRole('checkbox', { name: 'Reply in the same thread' }).uncheck()
    await chooseFrom(page, step.getByRole('combobox', { name: 'Template' }), template)
    if (index > 0) await page.getByLabel(`Days before step ${index + 1}`).fill(String(input.days))
  }
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page).toHaveURL(/\/workflows\/[0-9a-f-]{36}$/)
  return idOf(page)
}
