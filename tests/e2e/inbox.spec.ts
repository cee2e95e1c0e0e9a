import { actOnOne, find, goOn, readOne, seeWhatWaits } from './parts/inbox-by-mouse'
import { showPictures } from './parts/pictures'
import { signIn } from './screens/account'
import { names, opened, rows, setCampaign, toast } from './screens/inbox'
import { expectAccessible } from './support/axe'
import { expect, test } from './support/installation'

// A tick every second, and a day of 24 minutes: what is planned for tomorrow stays where it is.
test.use({ installation: { name: 'inbox', clock: { start: '2026-03-02T08:00:00Z', speed: 60 } } })
test.describe.configure({ mode: 'serial' })

test('a day in the inbox by mouse: read, assign, snooze, note, judge, done, each taken back, and on', async ({
  app,
  page,
  database,
}) => {
  const answer = await setCampaign(app, database)
  await signIn(page)
  await seeWhatWaits(page, answer)
  await readOne(page, database)
  await actOnOne(page, database)
  await goOn(page)
  await find(page)
})

test('pictures from elsewhere are fetched once a person asks for them, and not before', async ({ page, database }) => {
  await signIn(page)
  await showPictures(page, database)
})

test('the same by keyboard alone', async ({ page, database }) => {
  await database.rows(
    `UPDATE conversations SET scope = 'open', done_at = NULL, snoozed_until = NULL, is_waiting = true, interest = NULL WHERE asked_at IS NOT NULL`,
  )
  await signIn(page)
  const press = (key: string) => page.keyboard.press(key)
  // The first page hears keys once it is alive.
  await expect(async () => {
    await press('g')
    await press('i')
    await expect(page).toHaveURL(/\/inbox$/, { timeout: 2_000 })
  }).toPass()
  await expect(rows(page)).toHaveCount(4)
  await press('?')
  const keys = page.getByRole('dialog', { name: 'Keyboard' })
  await expect(keys).toContainText('Mark as not now')
  await press('Escape')
  // While it goes, keys are still its own.
  await expect(keys).toBeHidden()

  await press('j')
  await expect(opened(page, names[3])).toBeVisible()
  await press('j')
  await expect(opened(page, names[2])).toBeVisible()
  await press('k')
  await press('j')
  await expect(opened(page, names[2])).toBeVisible()
  await press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: names[2] ?? '' })).toBeFocused()

  await press('w')
  await expect(toast(page, 'Marked as the wrong person.')).toBeVisible()
  await expect(opened(page, names[2])).toContainText('Wrong person')
  await press('a')
  await expect(page.getByRole('menuitem', { name: 'Olivia Owner (you)' })).toBeVisible()
  await press('ArrowDown')
  await press('Enter')
  await expect(toast(page, 'Assigned to Olivia Owner.')).toBeVisible()
  await press('m')
  await expect(page.getByLabel('Note', { exact: true })).toBeFocused()
  await page.keyboard.type('e is a letter here')
  await press('Tab')
  await press('Enter')
  await expect(opened(page, names[2])).toContainText('e is a letter here')
  await page.getByRole('heading', { level: 2, name: names[2] ?? '' }).focus()

  await press('e')
  await expect(opened(page, names[1])).toBeVisible()
  await expect(rows(page)).toHaveCount(3)
  await press('i')
  await expect(opened(page, names[1])).toContainText('Interested')
  await press('n')
  await expect(opened(page, names[1])).toContainText('Not now')
  await press('h')
  await expect(page.getByRole('menuitem', { name: /^Tomorrow morning/ })).toBeVisible()
  await expectAccessible(page, { popupOpen: true, what: 'the times of a snooze' })
  await press('Escape')
  await expect(page.getByRole('menuitem', { name: /^Tomorrow morning/ })).toBeHidden()

  await press('r')
  await expect(page.getByRole('form', { name: 'Reply' }).getByLabel('Text', { exact: true })).toBeFocused()
  await page.keyboard.type('Gladly, on Tuesday.')
  await press('Control+Enter')
  // Below what it answers, as nothing came after that.
  const replies = page.getByRole('list', { name: 'Messages' }).getByRole('listitem').last()
  await expect(replies).toContainText('Gladly, on Tuesday.')
  await expect(replies.getByRole('timer')).toHaveText(/^Sending in \d+ s$/)
  await expect(replies.getByText('Sent', { exact: true })).toBeVisible({ timeout: 60_000 })
  expect(await database.count('conversations WHERE last_out_at IS NOT NULL AND NOT is_waiting')).toBe(1)

  // Who was answered last stands at the top; the others are below.
  await expect(rows(page).first()).toContainText(names[1] ?? '')
  await press('j')
  await expect(opened(page, names[3])).toBeVisible()
  await press('j')
  await expect(opened(page, names[0])).toBeVisible()
  await press('#')
  await expect(toast(page, 'Corrected to a wish to be removed.')).toBeVisible()
  await expect.poll(() => database.count('suppressions')).toBe(2)
})

test('a viewer reads, and finds no button that would be refused', async ({ page, database }) => {
  await database.rows("UPDATE users SET role = 'viewer'")
  await signIn(page)
  await page.goto('/inbox?scope=everything')
  await expect(rows(page)).toHaveCount(5)
  await rows(page).first().click()
  await expect(page.getByRole('list', { name: 'Messages' })).toBeVisible()
  for (const name of [
    /^Done/,
    /^Snooze/,
    /^Assign/,
    /^Hand over/,
    /^Mark as/,
    /^Add a note/,
    /^Correct/,
    /^Reply/,
    /^Forward/,
  ])
    await expect(page.getByRole('button', { name })).toHaveCount(0)
  await page.keyboard.press('e')
  await page.keyboard.press('i')
  await expect(page.getByRole('list', { name: 'Messages' })).toBeVisible()
  await database.rows("UPDATE users SET role = 'owner'")
})
