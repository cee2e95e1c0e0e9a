import { expect, type Page, test } from 'playwright/test'
import { opened, rows, scope, toast } from '../screens/inbox'
import { expectAccessible } from '../support/axe'
import type { Hand } from './hands'
import { COLLEAGUE, type Day } from './morning'

const button = (page: Page, name: RegExp) => page.getByRole('button', { name })
const item = (page: Page, name: RegExp) => page.getByRole('menuitem', { name })

/** The conversations that wait, the newest open; those of other campaigns are left out. */
export async function openInbox(hand: Hand, { name, newestFirst }: Day) {
  const { page } = hand
  await hand.goTo('Inbox')
  await hand.choose(page.getByRole('combobox', { name: 'Campaign' }), page.getByRole('option', { name }))
  await expect(page).toHaveURL(/campaign=/)
  await expect(rows(page)).toHaveCount(newestFirst.length)
  await hand.press(rows(page).first().getByRole('link'))
  await expect(opened(page, newestFirst[0])).toBeVisible()
}

/** Three are answered, one is put off, one is handed over; from the open one on, in the order of the list. */
export async function workThrough(hand: Hand, names: readonly (string | undefined)[]) {
  const { page } = hand
  const [first, second, third, putOff, handedOver] = names
  await test.step('three are answered, and each leads to the next', async () => {
    for (const [name, next] of [
      [first, second],
      [second, third],
      [third, putOff],
    ]) {
      await answerOpen(hand, name)
      await hand.act(button(page, /^Done/), 'e')
      await expect(opened(page, next)).toBeVisible()
    }
    await expect(rows(page)).toHaveCount(2)
  })
  await test.step('one is put off until tomorrow', async () => {
    await hand.act(button(page, /^Snooze/), 'h')
    await hand.take(item(page, /^Tomorrow morning/))
    await expect(toast(page, 'Snoozed until')).toBeVisible()
    await expect(scope(page, /^Snoozed 1$/)).toBeVisible()
    await expect(rows(page)).toHaveCount(1)
    await hand.act(button(page, /^Next conversation/), 'j')
    await expect(opened(page, handedOver)).toBeVisible()
  })
  await test.step('one is taken, and handed over to a colleague', async () => {
    await hand.act(button(page, /^Assign/), 'a')
    await hand.take(item(page, /\(you\)$/))
    await expect(toast(page, /^Assigned to .* Owner/)).toBeVisible()
    await hand.act(button(page, /^Hand over/), 'a')
    await hand.take(item(page, new RegExp(`^${COLLEAGUE.name}`)))
    await expect(toast(page, `Assigned to ${COLLEAGUE.name}.`)).toBeVisible()
    await expect(rows(page).first()).toContainText(COLLEAGUE.name)
  })
}

async function answerOpen(hand: Hand, name: string | undefined) {
  const { page } = hand
  const form = page.getByRole('form', { name: 'Reply' })
  const text = form.getByLabel('Text', { exact: true })
  await hand.act(button(page, /^Reply/), 'r')
  await expect(text).toBeFocused()
  await hand.type(text, `Gladly, ${name}.`)
  await hand.act(form.getByRole('button', { name: /^Send/ }), 'Control+Enter')
  const written = page.getByRole('list', { name: 'Messages' }).getByRole('listitem').last()
  await expect(written).toContainText(`Gladly, ${name}.`)
  await expect(written.getByRole('timer')).toHaveText(/^Sending in \d+ s$/)
}

/** The keys that the list and an open conversation have beside these: from the newest one to the second, which is left open. */
export async function useFurtherKeys(page: Page, { newestFirst, database }: Day) {
  const press = (key: string) => page.keyboard.press(key)
  const [newest, second] = newestFirst
  // Opened by Enter, it is gone into by Enter.
  await press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: newest ?? '' })).toBeFocused()
  await press('?')
  const keys = page.getByRole('dialog', { name: 'Keyboard' })
  await expect(keys).toContainText('Mark as not now')
  await press('Escape')
  // While it goes, keys are still its own.
  await expect(keys).toBeHidden()
  await press('j')
  await expect(opened(page, second)).toBeVisible()
  await press('k')
  await expect(opened(page, newest)).toBeVisible()
  await press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: newest ?? '' })).toBeFocused()

  const suppressed = await database.count('suppressions')
  await press('#')
  await expect(toast(page, 'Corrected to a wish to be removed.')).toBeVisible()
  await expect.poll(() => database.count('suppressions')).toBe(suppressed + 1)
  await press('e')
  await expect(opened(page, second)).toBeVisible()
  await press('w')
  await expect(toast(page, 'Marked as the wrong person.')).toBeVisible()
  await expect(opened(page, second)).toContainText('Wrong person')
  await press('i')
  await expect(opened(page, second)).toContainText('Interested')
  await press('n')
  await expect(opened(page, second)).toContainText('Not now')
  await press('m')
  await expect(page.getByLabel('Note', { exact: true })).toBeFocused()
  await page.keyboard.type('e is a letter here')
  await press('Tab')
  await press('Enter')
  await expect(opened(page, second)).toContainText('e is a letter here')
  await press('h')
  await expect(item(page, /^Tomorrow morning/)).toBeVisible()
  await expectAccessible(page, { popupOpen: true, what: 'the times of a snooze' })
  await press('Escape')
  await expect(item(page, /^Tomorrow morning/)).toBeHidden()
}
