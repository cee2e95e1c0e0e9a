import { expect, type Locator, type Page } from 'playwright/test'

/** Types into a list to choose from, and takes the option of that name. */
export async function chooseFrom(page: Page, combobox: Locator, option: string) {
  await combobox.click()
  await combobox.fill(option)
  await page.getByRole('option').filter({ hasText: option }).first().click()
  await expect(combobox).toHaveValue(option)
}

/** The dialog that asks before an act that counts. */
export const question = (page: Page) => page.getByRole('alertdialog')

/** Answers it: presses the button that repeats the act, and sees the question go. */
export async function confirm(page: Page, button: string) {
  await question(page).getByRole('button', { name: button, exact: true }).click()
  await expect(question(page)).toBeHidden()
}
