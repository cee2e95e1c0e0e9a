import { actOnOne, find, goOn, readOne, seeWhatWaits } from './parts/inbox-by-mouse'
import { answerBesideColleague, keepDrafts, leaveNothing, readAll, takeBackElsewhere } from './parts/kept-replies'
import { showPictures } from './parts/pictures'
import { signIn } from './screens/account'
import { rows, setCampaign } from './screens/inbox'
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

test('what is written is found again, taken back from anywhere, read whole, and goes beside a colleague’s answer only when that is known', async ({
  page,
  database,
}) => {
  await signIn(page)
  await keepDrafts(page)
  await takeBackElsewhere(page, database)
  await readAll(page, database)
  await answerBesideColleague(page, database)
  await leaveNothing(page)
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
    /^Wrong category/,
    /^Reply/,
    /^Forward/,
    'Undo',
    'Send again',
    'Use the text again',
  ])
    await expect(page.getByRole('button', { name })).toHaveCount(0)
  await page.keyboard.press('e')
  await page.keyboard.press('i')
  await expect(page.getByRole('list', { name: 'Messages' })).toBeVisible()
  await database.rows("UPDATE users SET role = 'owner'")
})
