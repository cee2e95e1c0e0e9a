import type { Page } from 'playwright/test'
import { signIn } from './screens/account'
import { openCampaign } from './screens/campaign'
import { question } from './screens/controls'
import { isAddressOf, pagesOfTheApp } from './support/app-pages'
import { expectAccessible, expectGoodPage } from './support/axe'
import { expect, test } from './support/installation'
import { watchProblems } from './support/page-problems'
import { PAGES } from './support/pages'
import { type Scene, setScene } from './support/scene'

// A weekday morning in real speed: nothing moves while it is looked at.
// A trace of each look would take longer than the looks; the findings say what is wrong and where.
test.use({ installation: { name: 'accessibility', clock: { start: '2026-03-04T09:40:00Z', speed: 1 } }, trace: 'off' })
test.describe.configure({ mode: 'serial' })

// Lists are looked at with a few of their rows: fifty of the same kind tell nothing more and take as long as ten pages.
const LISTS = ['campaign-emails', 'campaign-leads', 'leads', 'batch', 'sandbox']
const withFewRows = (path: string) => `${path}${path.includes('?') ? '&' : '?'}search=nordlicht`

// Looked at by tests of their own, since they are for nobody who is signed in; the first only leads on.
const ELSEWHERE = ['/', '/welcome', '/sign-in']
// What it answers is the point of it.
const IS_MISSING = 'not-found'

test('every page of the app is among those that are looked at', () => {
  const all = pagesOfTheApp()
  const anyScene = new Proxy({} as Scene, { get: () => 'some' })
  const looked = [...ELSEWHERE, ...Object.values(PAGES).map((pathOf) => pathOf(anyScene))]
  expect(all.length).toBeGreaterThan(25)
  expect(all.filter((pattern) => !looked.some((path) => isAddressOf(pattern, path, all)))).toEqual([])
})

test('welcome, before there is an owner', async ({ page }) => {
  const problems = watchProblems(page)
  await expectGoodPage(page, '/welcome')
  expect(problems).toEqual([])
})

test('every page of a team at work', async ({ page, app, database }) => {
  test.setTimeout(900_000)
  const scene = await setScene(app, database)
  const problems = watchProblems(page)
  await expectGoodPage(page, '/sign-in')
  await signIn(page)
  for (const [name, pathOf] of Object.entries(PAGES)) {
    await test.step(name, async () => {
      const isList = LISTS.includes(name)
      await expectGoodPage(page, isList ? withFewRows(pathOf(scene)) : pathOf(scene))
      if (isList) await expect(page.locator('tbody tr').first()).toContainText(/nordlicht/i)
      const found = problems.splice(0)
      expect.soft(name === IS_MISSING ? [] : found, `${name}: what the browser reports`).toEqual([])
    })
  }
  await test.step('an open menu and an open question', () => lookAtPopups(page, scene))
})

async function lookAtPopups(page: Page, scene: Scene) {
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.goto('/nowhere')
  await expect(page.getByRole('navigation', { name: 'Main' }).filter({ visible: true })).toHaveCount(1)
  await openCampaign(page, scene.running)
  await page.getByRole('main').getByRole('button', { name: 'More' }).click()
  await expect(page.getByRole('menuitem', { name: 'Duplicate' })).toBeVisible()
  await expectAccessible(page, { popupOpen: true, what: 'an open menu' })
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(question(page)).toBeVisible()
  await expectAccessible(page, { popupOpen: true, what: 'an open question' })
}
