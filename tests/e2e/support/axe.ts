import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from 'playwright/test'
import { untilSettled } from './pages'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const GRAVE = ['serious', 'critical']

// Base UI puts these around an open popup to keep the focus inside: they take focus and hand it on, have no name by
// design, and are no part of what a person meets.
const FOCUS_GUARD = '[data-base-ui-focus-guard]'

/** No serious or critical violation of WCAG 2.2 AA in the page as it stands. */
export async function expectAccessible(page: Page, { popupOpen = false, what = page.url() } = {}) {
  // Otherwise each look opens and closes a page of its own, only to put the findings of frames together.
  const axe = new AxeBuilder({ page }).setLegacyMode().withTags(TAGS)
  const { violations } = await (popupOpen ? axe.exclude(FOCUS_GUARD) : axe).analyze()
  const grave = violations
    .filter(({ impact }) => GRAVE.includes(impact ?? ''))
    .map(({ id, help, nodes }) => ({
      id,
      help,
      at: nodes.map(({ target, html }) => `${target.join(' ')}: ${html.slice(0, 160)}`),
    }))
  expect.soft(grave, what).toEqual([])
}

/** The page itself never scrolls sideways; a part that must be wide scrolls within itself. */
async function expectNoSidewaysScroll(page: Page, what: string) {
  const widths = await page.evaluate(() => ({
    content: document.scrollingElement?.scrollWidth ?? 0,
    window: window.innerWidth,
  }))
  expect.soft(widths.content, `${what}: width of its content`).toBeLessThanOrEqual(widths.window)
}

/** Checks a page in both themes, wide and narrow. Goes on after a finding, so that one run lists all. */
export async function expectGoodPage(page: Page, path: string) {
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.goto(path)
  await untilSettled(page)
  await expectAccessible(page, { what: `${path}, light and wide` })
  await page.setViewportSize({ width: 360, height: 740 })
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await untilSettled(page)
  await expectNoSidewaysScroll(page, path)
  await expectAccessible(page, { what: `${path}, dark and narrow` })
}
