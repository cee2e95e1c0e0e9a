import type { Locator, Page } from 'playwright/test'

/**
 * Counts what a person presses on a page, from now on, whatever it is and wherever it leads: each press of the mouse or a
 * finger is one. Typing is none, and neither is choosing a file in the system's own dialog.
 */
export async function countClicks(page: Page) {
  let clicks = 0
  await page.exposeFunction('countClick', () => {
    clicks += 1
  })
  const listen = () => {
    const count = (window as unknown as { countClick: () => void }).countClick
    window.addEventListener('pointerdown', (event) => event.isTrusted && count(), { capture: true })
  }
  await page.addInitScript(listen)
  await page.evaluate(listen)
  return { soFar: () => clicks }
}

/** Types into a field: presses it first unless it has the cursor already, as a person would. */
export async function typeInto(page: Page, field: Locator, text: string) {
  await field.waitFor()
  const focused = await field.evaluate((element) => element === document.activeElement)
  if (!focused) await field.click()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.insertText(text)
}
