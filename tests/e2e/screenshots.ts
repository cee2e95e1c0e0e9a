import { mkdir } from 'node:fs/promises'
import type { Page } from 'playwright/test'
import { signIn } from './screens/account'
import { expect, test } from './support/installation'
import { PAGES, untilSettled } from './support/pages'
import { setScene } from './support/scene'

// Makes the pictures of every screen: SCREENSHOTS=1 npx playwright test
const FOLDER = 'docs/screenshots'
const SIZES = { 1280: { width: 1280, height: 720 }, 360: { width: 360, height: 640 } }
// These say more with what stands below, and are shown larger.
const TALL = new Set(['campaigns', 'campaign', 'campaign-review'])
const TALLER = 140
// Pages that look like another one.
const LEFT_OUT = new Set([
  'campaign-held',
  'template-new',
  'workflow-new',
  'mailbox-new',
  'mail-headers',
  'finding-new',
  'unsubscribe-preview',
  'unsubscribe-done',
  'unsubscribe-invalid',
])
const ONLY = process.env.SCREENSHOTS_ONLY?.split(',')

test.use({ installation: { name: 'screenshots', clock: { start: '2026-03-04T09:40:00Z', speed: 1 } } })

test('pictures of every screen', async ({ page, app, database }) => {
  test.setTimeout(900_000)
  await mkdir(FOLDER, { recursive: true })
  await showRealTime(page)
  if (wanted('welcome')) await takePictures(page, 'welcome', '/welcome')
  const scene = await setScene(app, database)
  if (wanted('sign-in')) await takePictures(page, 'sign-in', '/sign-in')
  await page.setViewportSize(SIZES[1280])
  await signIn(page)
  for (const [name, pathOf] of Object.entries(PAGES)) {
    if (wanted(name)) await takePictures(page, name, pathOf(scene))
  }
  if (wanted('palette')) await takePictures(page, 'palette', '/campaigns', openPalette)
})

const wanted = (name: string) => (ONLY ? ONLY.includes(name) : !LEFT_OUT.has(name))

async function openPalette(page: Page) {
  await untilSettled(page)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search and commands' }).fill('nord')
  await expect(page.getByRole('option').first()).toBeVisible()
}

async function takePictures(page: Page, name: string, path: string, open?: (page: Page) => Promise<void>) {
  for (const [width, size] of Object.entries(SIZES)) {
    await page.setViewportSize({ ...size, height: size.height + (TALL.has(name) ? TALLER : 0) })
    await page.goto(path)
    await open?.(page)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      // Behind what is open, the page itself is nobody's.
      if (!open) await untilSettled(page)
      await page.screenshot({ path: `${FOLDER}/${name}-${colorScheme}-${width}.png`, animations: 'disabled' })
    }
  }
  if (!open) await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
}

/** The clock is set only so that the pictures come out the same every time; they show what a real day shows. */
const showRealTime = (page: Page) =>
  page.route('**/api/health', async (route) => {
    const response = await route.fetch()
    const health = await response.json()
    await route.fulfill({ response, json: { ...health, clock: { ...health.clock, simulated: false } } })
  })
