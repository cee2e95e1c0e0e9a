import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from 'playwright/test'
import { untilSettled } from './pages'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
// Said to be good practice, not law: what is left out of it here would be a rule of taste.
const PRACTICES = ['page-has-heading-one', 'heading-order', 'landmark-one-main', 'region', 'empty-heading']
// A theme changes colours and nothing else.
const COLOURS = ['color-contrast', 'link-in-text-block']

// Base UI puts these around an open popup to keep the focus inside: they take focus and hand it on, have no name by
// design, and are no part of what a person meets.
const FOCUS_GUARD = '[data-base-ui-focus-guard]'

// A script that does nothing.
const NOTHING = '0'

type Look = { popupOpen?: boolean; what?: string; coloursOnly?: boolean }

/** No violation of WCAG 2.2 AA in the page as it stands, the size of targets included. */
export async function expectAccessible(page: Page, { popupOpen, what = page.url(), coloursOnly }: Look = {}) {
  // Otherwise each look opens and closes a page of its own, only to put the findings of frames together.
  const source = (await hasAxe(page)) ? { axeSource: NOTHING } : {}
  const axe = new AxeBuilder({ page, ...source }).setLegacyMode()
  // All that is wrong; what is right would take longer to hand over than to find.
  const resultTypes = ['violations' as const]
  if (coloursOnly) axe.options({ resultTypes, runOnly: { type: 'rule', values: COLOURS } })
  else {
    // A popup stands beside the landmarks of the page below it.
    const practices = popupOpen ? [] : PRACTICES
    const rules = Object.fromEntries(['target-size', ...practices].map((rule) => [rule, { enabled: true }]))
    axe.options({ resultTypes, runOnly: { type: 'tag', values: TAGS }, rules })
  }
  const { violations } = await (popupOpen ? axe.exclude(FOCUS_GUARD) : axe).analyze()
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    at: nodes.map(({ target, html }) => `${target.join(' ')}: ${html.slice(0, 160)}`),
  }))
  expect.soft(found, what).toEqual([])
}

/** Whether each frame of the page has axe from an earlier look: half a megabyte, which need not be read again. */
async function hasAxe(page: Page): Promise<boolean> {
  const frames = page.frames().map((frame) => frame.evaluate("typeof axe === 'object'").catch(() => false))
  return (await Promise.all(frames)).every(Boolean)
}

/** The page itself never scrolls sideways; a part that must be wide scrolls within itself. */
export async function expectNoSidewaysScroll(page: Page, what: string) {
  const widths = await page.evaluate(() => ({
    content: document.scrollingElement?.scrollWidth ?? 0,
    window: window.innerWidth,
  }))
  expect.soft(widths.content, `${what}: width of its content`).toBeLessThanOrEqual(widths.window)
}

/** Checks a page in both themes, wide and narrow. Goes on after a finding, so that one run lists all. */
export async function expectGoodPage(page: Page, path: string) {
  await page.setViewportSize(WIDE)
  await setTheme(page, 'light')
  const release = await holdAnswers(page)
  await page.goto(path)
  // It has its heading also while its data is on the way.
  await expect.soft(page.getByRole('heading', { level: 1 }), `${path}, while it loads`).toHaveCount(1)
  await release()
  await untilSettled(page)
  await expectAccessible(page, { what: `${path}, light and wide` })
  await setTheme(page, 'dark')
  await expectAccessible(page, { what: `${path}, dark and wide`, coloursOnly: true })
  await page.setViewportSize(NARROW)
  await untilSettled(page)
  await expectNoSidewaysScroll(page, path)
  await expectAccessible(page, { what: `${path}, dark and narrow` })
  await setTheme(page, 'light')
  await expectAccessible(page, { what: `${path}, light and narrow`, coloursOnly: true })
}

const WIDE = { width: 1280, height: 900 }
const NARROW = { width: 360, height: 740 }

/**
 * Changes the theme, and has what fades from the one into the other arrive at once: no colour is between the two any more. What is out
 * of sight would fade only once it is seen (`content-visibility`): for the change nothing is.
 */
export async function setTheme(page: Page, colorScheme: 'light' | 'dark') {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await page.evaluate(() => {
    for (const unseen of document.querySelectorAll<HTMLElement>('[class*="content-visibility"]'))
      unseen.style.contentVisibility = 'visible'
    document.documentElement.getBoundingClientRect()
    for (const fading of document.getAnimations()) if (fading instanceof CSSTransition) fading.finish()
  })
  await expect
    .poll(() => page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length))
    .toBe(0)
}

/** Holds what the page that is loaded next asks of the API; answers how to let it go, which waits until all of it is answered. */
async function holdAnswers(page: Page): Promise<() => Promise<void>> {
  // Within the page: whoever stands between it and the server has it fetch every script anew.
  const script = await page.addInitScript(() => {
    const { fetch } = window
    const held: Promise<unknown>[] = []
    let open = () => {}
    const opened = new Promise<void>((resolve) => {
      open = resolve
    })
    window.fetch = (...asked) => {
      const [of] = asked
      if (!(of instanceof Request ? of.url : String(of)).includes('/api/trpc/')) return fetch(...asked)
      const answer = opened.then(() => fetch(...asked))
      held.push(answer)
      return answer
    }
    const letGo = async () => {
      open()
      await Promise.allSettled(held)
    }
    Object.assign(window, { letGo })
  })
  return async () => {
    await script.dispose()
    await page.evaluate('letGo()')
  }
}
