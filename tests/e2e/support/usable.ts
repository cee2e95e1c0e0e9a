import type { Page } from 'playwright/test'
import { expectAccessible, expectNoSidewaysScroll, setTheme } from './axe'
import { untilSettled } from './pages'

const WIDE = { width: 1280, height: 900 }
const NARROW = { width: 360, height: 740 }

/**
 * Nothing of a page as it stands is out of reach on a desk or on a telephone, by light or in the dark; leaves it wide and light.
 * A picture of each goes into the folder that `PICTURES` names.
 */
export async function expectUsable(page: Page, what: string, { popupOpen = false } = {}) {
  for (const size of [NARROW, WIDE]) {
    await page.setViewportSize(size)
    // Behind an open dialog the page has no heading.
    if (!popupOpen) await untilSettled(page)
    await expectNoSidewaysScroll(page, `${what}, ${size.width} px`)
    for (const colorScheme of ['dark', 'light'] as const) {
      await setTheme(page, colorScheme)
      // A theme changes colours and nothing else.
      const coloursOnly = colorScheme === 'dark'
      await expectAccessible(page, { popupOpen, coloursOnly, what: `${what}, ${size.width} px, ${colorScheme}` })
      const folder = process.env.PICTURES
      const path = `${folder}/${what.replaceAll(' ', '-')}-${size.width}-${colorScheme}.png`
      if (folder) await page.screenshot({ path, fullPage: !popupOpen, animations: 'disabled' })
    }
  }
}
