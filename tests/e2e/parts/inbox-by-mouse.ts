import { expect, type Page, test } from 'playwright/test'
import { list, names, opened, rows, scope, toast } from '../screens/inbox'
import { expectAccessible, expectGoodPage, expectNoSidewaysScroll } from '../support/axe'
import type { Database } from '../support/database'
import { untilSettled } from '../support/pages'

/** Before anybody was read, and once five leads have answered. */
export async function seeWhatWaits(page: Page, answer: () => Promise<void>) {
  await test.step('before a mailbox was read nothing is claimed', async () => {
    await page.goto('/inbox')
    await expect(page.getByText('No mailbox is read yet: answers are not known.')).toBeVisible()
    await expect(scope(page, /Open/)).toHaveCount(0)
    await page.getByRole('link', { name: 'Go to the sandbox' }).click()
    await expect(page).toHaveURL(/\/sandbox$/)
    await answer()
  })

  await test.step('what waits is counted on every page', async () => {
    await page.goto('/campaigns')
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Inbox 3 waiting for us' }).click()
    await expect(page).toHaveURL(/\/inbox$/)
    await expect(rows(page)).toHaveCount(3)
    for (const [name, count] of [
      ['Open', 3],
      ['Waiting for us', 3],
      ['Away', 1],
      ['Bounces', 1],
      ['Done', 0],
      ['Everything', 5],
    ] as const)
      await expect(scope(page, new RegExp(`^${name} ${count}$`))).toBeVisible()
    await expectGoodPage(page, '/inbox')
    await page.setViewportSize({ width: 1280, height: 900 })
  })
}

/** The conversation that came in last. */
export async function readOne(page: Page, database: Database) {
  await test.step('both sides, what the answer did, the lead and its campaign', async () => {
    await rows(page).first().click()
    const conversation = opened(page, names[2])
    const messages = conversation.getByRole('list', { name: 'Messages' }).getByRole('listitem')
    await expect(messages).toHaveCount(2)
    await expect(messages.first()).toContainText('a short question about')
    await expect(messages.first().getByRole('button', { name: /^Show “/ })).toBeVisible()
    await expect(messages.last()).toContainText('Please write to my colleague in purchasing.')
    await expect(messages.last()).toContainText('Stopped the sequence: 2 emails skipped.')
    const aside = page.getByRole('complementary', { name: 'The lead and its campaigns' })
    await expect(aside).toContainText('Quiet halls')
    await expect(aside).toContainText('1 email sent, 0 planned')
    await expect(rows(page).first().getByText('Unread')).toHaveCount(0)
    await expect.poll(() => database.count('conversations WHERE NOT is_unread')).toBe(1)
    await messages.last().getByRole('button', { name: 'Show the whole message' }).click()
    await expect(messages.last()).toContainText('Hello')
    await expectAccessible(page, { what: 'an open conversation' })
  })
}

/** What a person does with the open conversation, each taken back. */
export async function actOnOne(page: Page, database: Database) {
  await test.step('assigned, and nobody’s again', async () => {
    await page.getByRole('button', { name: /^Assign/ }).click()
    await page.getByRole('menuitem', { name: 'Olivia Owner (you)' }).click()
    await expect(opened(page, names[2])).toContainText('Olivia Owner')
    await toast(page, 'Assigned to Olivia Owner.').getByRole('button', { name: 'Undo' }).click()
    await expect(toast(page, 'As it was before.')).toBeVisible()
    await expect.poll(() => database.count('conversations WHERE assignee_id IS NULL')).toBe(5)
  })

  await test.step('snoozed until tomorrow, and back', async () => {
    await page.getByRole('button', { name: /^Snooze/ }).click()
    await page.getByRole('menuitem', { name: /^Tomorrow morning/ }).click()
    await expect(scope(page, /^Snoozed 1$/)).toBeVisible()
    await expect(rows(page)).toHaveCount(2)
    await toast(page, 'Snoozed until').getByRole('button', { name: 'Undo' }).click()
    await expect(scope(page, /^Snoozed 0$/)).toBeVisible()
    await expect(rows(page)).toHaveCount(3)
  })

  await test.step('a note, for the team alone', async () => {
    await page.getByRole('button', { name: /^Add a note/ }).click()
    await page.getByRole('button', { name: 'Add the note' }).click()
    await expect(page.getByText('Enter what is to be noted.')).toBeVisible()
    await page.getByLabel('Note', { exact: true }).fill('Purchasing is Ms Winter.')
    await page.getByRole('button', { name: 'Add the note' }).click()
    await expect(opened(page, names[2])).toContainText('Note by Olivia Owner')
    await expect(opened(page, names[2])).toContainText('Purchasing is Ms Winter.')
  })

  await test.step('judged, and the lead follows', async () => {
    await page.getByRole('button', { name: /^Mark as/ }).click()
    await page.getByRole('menuitem', { name: /^Wrong person/ }).click()
    const aside = page.getByRole('complementary', { name: 'The lead and its campaigns' })
    await expect(aside).toContainText('Not interested')
    await toast(page, 'Marked as the wrong person.').getByRole('button', { name: 'Undo' }).click()
    await expect(aside).toContainText('Replied')
  })
}

/** Done, and on to what programs wrote. */
export async function goOn(page: Page) {
  await test.step('done, on to the next, and taken back', async () => {
    await page.getByRole('button', { name: /^Done/ }).click()
    await expect(opened(page, names[1])).toBeVisible()
    await expect(rows(page)).toHaveCount(2)
    await toast(page, 'Conversation done.').getByRole('button', { name: 'Undo' }).click()
    await expect(rows(page)).toHaveCount(3)
    await expect(scope(page, /^Done 0$/)).toBeVisible()
  })

  await test.step('what servers and programs wrote stands by itself, and is corrected where it is shown', async () => {
    await scope(page, /^Away 1$/).click()
    await expect(rows(page)).toHaveCount(1)
    await rows(page).first().click()
    await expect(opened(page, names[3])).toContainText('2 emails wait for the return.')
    await page.getByRole('button', { name: /^Wrong category/ }).click()
    await page.getByRole('menuitem', { name: /^It is a reply/ }).click()
    await expect(scope(page, /^Away 0$/)).toBeVisible()
    await expect(scope(page, /^Waiting for us 4$/)).toBeVisible()
  })
}

/** By name, by campaign, and on a narrow screen. */
export async function find(page: Page) {
  await test.step('found by name, and narrowed to a campaign', async () => {
    await page.goto('/inbox?scope=everything')
    await page.getByRole('searchbox', { name: /^Search/ }).fill((names[0] ?? '').toLowerCase())
    await expect(rows(page)).toHaveCount(1)
    await page.getByRole('searchbox', { name: /^Search/ }).fill('nobody at all')
    await expect(page.getByText('No conversation matches.')).toBeVisible()
    await page.getByRole('button', { name: 'Show all' }).click()
    await expect(rows(page)).toHaveCount(5)
    await page.getByRole('combobox', { name: 'Campaign' }).click()
    await page.getByRole('option', { name: 'Quiet halls' }).click()
    await expect(page).toHaveURL(/campaign=/)
    await expect(rows(page)).toHaveCount(5)
  })

  await test.step('on a narrow screen the list and the conversation follow each other', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await page.goto('/inbox')
    await rows(page).first().click()
    await expect(list(page)).toBeHidden()
    await untilSettled(page)
    await expectNoSidewaysScroll(page, 'a conversation, 360 px')
    const address = new URL(page.url())
    await page.getByRole('main').getByRole('link', { name: 'Inbox' }).click()
    await expect(list(page)).toBeVisible()
    await expectGoodPage(page, address.pathname + address.search)
    await page.setViewportSize({ width: 1280, height: 900 })
  })
}
