import { OWNER } from '../screens/account'
import { expect, test } from '../support/installation'
import { watchProblems } from '../support/page-problems'
import { expectUsable } from '../support/usable'
import { openInbox, useFurtherKeys, workThrough } from './answering'
import { changeAndTakeBack, expectBalance, letJoin } from './changing'
import { expectAnswered, readAuditLog } from './evening'
import { type Hand, keyboardOn, mouseOn } from './hands'
import {
  addToBatch,
  disturbImport,
  expectImported,
  type File,
  pasteAndTakeOut,
  rollBack,
  startImport,
} from './importing'
import { beginDay, type Day, furnishForTwo } from './morning'

// A working day in one piece, once as most people work and once by keys alone, each with leads of its own. A tick every second, and
// a day of 24 minutes: what is planned for tomorrow stays where it is.
test.use({
  reducedMotion: 'no-preference',
  installation: { name: 'working-day', clock: { start: '2026-03-02T08:00:00Z', speed: 60 } },
})

let team: Awaited<ReturnType<typeof furnishForTwo>>
test.beforeAll(async ({ app }) => {
  team = await furnishForTwo(app)
})

async function signIn({ page, press, type }: Hand) {
  await page.goto('/sign-in')
  await type(page.getByLabel('Email'), OWNER.email)
  await type(page.getByLabel('Password', { exact: true }), OWNER.password)
  await press(page.getByRole('button', { name: 'Sign in' }))
  await expect(page).toHaveURL(/\/campaigns$/)
}

type Import = {
  file: File
  /** Finds a few of its leads. */
  search: string
  onTheWay?: () => Promise<void>
  look?: (what: string) => Promise<void>
}

/** From the first change of the campaign to its ledger in the evening: the same with either hand. */
async function workOn(hand: Hand, day: Day, { file, search, onTheWay, look = async () => undefined }: Import) {
  await test.step('the campaign is changed, and changed back', () => changeAndTakeBack(hand, day, look))
  await test.step('leads are imported in the background', async () => {
    await startImport(hand, file)
    await onTheWay?.()
    await expectImported(hand, file)
    await look('imported')
  })
  const emailed = await test.step('some of them join the campaign, and are emailed', async () => {
    const addresses = await addToBatch(hand, { search, batch: day.batch })
    await letJoin(hand, day, { leads: addresses.length, version: 4 })
    return addresses
  })
  await test.step('the import is rolled back', () => rollBack(hand, day, { file, emailed, look }))
  await test.step('the ledger balances', () => expectBalance(hand, day, { joinedLater: emailed.length }))
}

test('by mouse: answered, changed and taken back, 50,000 rows imported whatever dies meanwhile, rolled back, and all of it adds up', async ({
  app,
  page,
  database,
}) => {
  const day = await beginDay({ ...team, database }, { name: 'Quiet halls', answering: 5, from: 0 })
  const hand = mouseOn(page)
  await signIn(hand)
  const problems = watchProblems(page)
  await openInbox(hand, day)
  await workThrough(hand, day.newestFirst)
  await workOn(hand, day, {
    file: { name: 'big fair', prefix: 'big', leads: 50_000 },
    search: 'big1234',
    onTheWay: () => disturbImport(page, database),
    look: (what) => expectUsable(page, what, { popupOpen: what.startsWith('question') }),
  })
  await expectAnswered(database, day)
  await readAuditLog(hand, day, { app, token: team.token })
  expect(problems).toEqual([])
})

test('the same by keyboard alone', async ({ app, page, database }) => {
  const day = await beginDay({ ...team, database }, { name: 'Early boats', answering: 6, from: 20 })
  const hand = keyboardOn(page)
  await signIn(hand)
  const problems = watchProblems(page)
  await openInbox(hand, day)
  await useFurtherKeys(page, day)
  await workThrough(hand, day.newestFirst.slice(1))
  await test.step('rows are pasted and taken out again', () => pasteAndTakeOut(hand, day))
  await workOn(hand, day, {
    file: { name: 'early fair', prefix: 'key', leads: 50_000 },
    search: 'key1234',
    onTheWay: () => disturbImport(page, database),
  })
  await expectAnswered(database, day)
  await readAuditLog(hand, day, { app, token: team.token })
  expect(problems).toEqual([])
})
