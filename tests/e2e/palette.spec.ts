import { signIn } from './screens/account'
import { expectAccessible, expectNoSidewaysScroll } from './support/axe'
import { furnish, importBatch } from './support/furnish'
import { expect, test } from './support/installation'
import { people } from './support/people'

test.use({ installation: { name: 'palette', clock: { start: '2026-03-02T08:00:00Z', speed: 1 } } })

const [person] = people(1)

test('one field leads everywhere: to acts, places and whatever bears the words, by keyboard and by mouse', async ({
  page,
  app,
}) => {
  const api = await furnish(app)
  await importBatch(api, 'Fair in Kiel', people(2))
  await signIn(page)
  const field = page.getByRole('combobox', { name: 'Search and commands' })
  await test.step('an act, from within another field', async () => {
    await page.goto('/leads')
    await page.getByRole('searchbox').focus()
    await page.keyboard.press('Control+k')
    await expect(field).toBeFocused()
    await expectAccessible(page, { popupOpen: true })
    await field.fill('new camp')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/campaigns\/new$/)
  })
  await test.step('a lead, by its name', async () => {
    await page.keyboard.press('Control+k')
    await field.fill(`${person?.first} ${person?.last}`)
    await expect(page.getByRole('option').first()).toContainText(`${person?.first} ${person?.last}`)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1 })).toContainText(`${person?.first} ${person?.last}`)
  })
  await test.step('a batch, by mouse, on a narrow screen', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await page.getByRole('button', { name: 'Search everything' }).click()
    await field.fill('kiel')
    await expectNoSidewaysScroll(page, 'the palette')
    await page.getByRole('option', { name: 'Fair in Kiel', exact: true }).click()
    await expect(page).toHaveURL(/\/leads\/batches\//)
  })
  await test.step('nothing, and away', async () => {
    await page.keyboard.press('Control+k')
    await field.fill('no such thing anywhere')
    await expect(page.getByText('Nothing bears these words.')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(field).toBeHidden()
  })
})
