import { expect, type Page, test } from 'playwright/test'
import { OWNER, signIn } from '../screens/account'
import { names, opened, rows, toast } from '../screens/inbox'
import { expectAccessible } from '../support/axe'
import type { Database } from '../support/database'

const [, second, first] = names
const form = (page: Page) => page.getByRole('form', { name: 'Reply' })
const text = (page: Page) => form(page).getByLabel('Text', { exact: true })
const note = (page: Page) => page.getByLabel('Note', { exact: true })
const messages = (page: Page) => page.getByRole('list', { name: 'Messages' }).getByRole('listitem')

/** Opens the conversation above the other one in the list of everything. */
async function openFirst(page: Page) {
  await page.goto('/inbox?scope=everything')
  await rows(page).filter({ hasText: first }).getByRole('link').click()
  await expect(opened(page, first)).toBeVisible()
}

/** What is typed and neither sent nor added. */
export async function keepDrafts(page: Page) {
  await test.step('what is typed is there again after going on and after a reload, and leaves the keys alone', async () => {
    await openFirst(page)
    await page.keyboard.press('r')
    await expect(text(page)).toBeFocused()
    await text(page).fill('Half a thought.')
    await page.getByRole('button', { name: 'Next conversation' }).click()
    await expect(opened(page, second)).toBeVisible()
    await expect(form(page)).toHaveCount(0)
    await page.keyboard.press('k')
    await expect(text(page)).toHaveValue('Half a thought.')
    await page.keyboard.press('m')
    await note(page).fill('Half a note.')
    await page.getByRole('button', { name: 'Next conversation' }).click()
    await expect(opened(page, second)).toBeVisible()
    await expect(note(page)).toHaveCount(0)
    await page.reload()
    await expect(opened(page, second)).toBeVisible()
    await expect(rows(page)).toHaveCount(names.length)
    await page.keyboard.press('k')
    await expect(text(page)).toHaveValue('Half a thought.')
    await expect(note(page)).toHaveValue('Half a note.')
    await page.keyboard.press('j')
    await expect(opened(page, second)).toBeVisible()
    await page.keyboard.press('k')
    await expect(text(page)).toHaveValue('Half a thought.')
    await page.keyboard.press('r')
    await expect(text(page)).toBeFocused()
  })

  await test.step('what is discarded is gone', async () => {
    await form(page).getByRole('button', { name: 'Discard' }).click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.reload()
    await expect(page.getByRole('button', { name: /^Add a note/ })).toBeVisible()
    await expect(page.getByRole('button', { name: /^Reply/ })).toBeVisible()
    await expect(form(page)).toHaveCount(0)
  })
}

/** A reply that is sent, and taken back once the person is elsewhere. */
export async function takeBackElsewhere(page: Page, database: Database) {
  const states = async () =>
    (await database.rows('SELECT status FROM replies ORDER BY created_at')).map(({ status }) => status)

  await test.step('taken back where it stands, after going on and back', async () => {
    await openFirst(page)
    await page.keyboard.press('r')
    await text(page).fill('Gladly, on Tuesday.')
    await page.keyboard.press('Control+Enter')
    await expect(form(page)).toHaveCount(0)
    // However long the steps take.
    await database.rows("UPDATE replies SET due_at = due_at + interval '1 day' WHERE status = 'pending'")
    await page.keyboard.press('e')
    await expect(opened(page, second)).toBeVisible()
    await page.keyboard.press('k')
    await messages(page).getByRole('button', { name: 'Undo' }).click()
    await expect(text(page)).toHaveValue('Gladly, on Tuesday.')
    await expect(text(page)).toBeFocused()
    expect(await states()).toEqual(['cancelled'])
  })

  await test.step('taken back from anywhere, which leads back to it', async () => {
    // The one of the reply before would only bring what is there.
    await expect(toast(page, 'The reply leaves in a moment.')).toHaveCount(0, { timeout: 30_000 })
    await page.keyboard.press('Control+Enter')
    await expect(form(page)).toHaveCount(0)
    await database.rows("UPDATE replies SET due_at = due_at + interval '1 day' WHERE status = 'pending'")
    // It stays as long as somebody points at it.
    await toast(page, 'The reply leaves in a moment.').hover()
    await page.keyboard.press('g')
    await page.keyboard.press('t')
    await expect(page).toHaveURL(/\/templates$/)
    await toast(page, 'The reply leaves in a moment.').getByRole('button', { name: 'Undo' }).click()
    await expect(opened(page, first)).toBeVisible()
    await expect(text(page)).toHaveValue('Gladly, on Tuesday.')
    expect(await states()).toEqual(['cancelled', 'cancelled'])
  })

  await test.step('the text of one that was taken back can be used again, behind what is typed', async () => {
    await text(page).fill('First this.')
    await messages(page).getByRole('button', { name: 'Use the text again' }).first().click()
    await expect(text(page)).toHaveValue('First this.\n\nGladly, on Tuesday.')
    await form(page).getByRole('button', { name: 'Discard' }).click()
  })
}

/** All of what we wrote: a reply with its dates, and an email that is longer than a conversation shows. */
export async function readAll(page: Page, database: Database) {
  await test.step('a reply is shown whole', async () => {
    const reply = messages(page).filter({ hasText: 'Taken back' }).first()
    await expect(reply.getByText('Written', { exact: true })).toHaveCount(0)
    await reply.getByRole('button', { name: /^Show the whole reply/ }).click()
    await expect(reply.getByText(/^[A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2} 2026 \d\d:\d\d \S+$/)).toBeVisible()
    await expect(reply).toContainText('> Please write to my colleague in purchasing.')
    await expectAccessible(page, { what: 'a reply that is shown whole' })
  })

  await test.step('an email that is cut says so, and is opened whole', async () => {
    const long = "body_text || repeat(E'\\nOne more line.', 400) || E'\\nThe very end.'"
    await database.rows(`UPDATE emails SET body_text = ${long}, body_html = NULL`)
    await page.reload()
    const email = messages(page).first()
    await email.getByRole('button', { name: /^Show “/ }).click()
    await expect(email).toContainText('This is the beginning of its text.')
    await expect(email).not.toContainText('The very end.')
    await email.getByRole('button', { name: /^Show the whole email/ }).click()
    await expect(page.getByRole('dialog', { name: /^Step 1 to/ })).toContainText('The very end.')
    await page.keyboard.press('Escape')
  })
}

/** A colleague answers while the form is open. */
export async function answerBesideColleague(page: Page, database: Database) {
  await test.step('a message that a colleague has answered meanwhile raises a question', async () => {
    await openFirst(page)
    await page.keyboard.press('r')
    await text(page).fill('A hundred a month.')
    await database.rows(
      "INSERT INTO users (id, name, email, role) VALUES ('kim', 'Kim Voss', 'kim@nexa.example', 'member')",
    )
    await database.rows(BY_KIM, [first])
    await text(page).press('Control+Enter')
    const question = page.getByRole('alertdialog', { name: 'Send your reply as well?' })
    await expect(question).toContainText('answered meanwhile by Kim Voss')
    await expect(question.getByRole('list', { name: 'Answers to this message' })).toContainText(
      /^Kim Voss, .*\d\d:\d\d/,
    )
    await expectAccessible(page, { popupOpen: true, what: 'the question before a second answer' })
    await question.getByRole('button', { name: 'Cancel' }).click()
    await expect(text(page)).toHaveValue('A hundred a month.')
    expect(await database.count("replies WHERE body_text LIKE 'A hundred%'")).toBe(0)
    await text(page).press('Control+Enter')
    await question.getByRole('button', { name: 'Send it as well' }).click()
    await expect(form(page)).toHaveCount(0)
    expect(await database.count("replies WHERE body_text LIKE 'A hundred%'")).toBe(1)
  })
}

// As another member does, who works at a screen of their own.
const BY_KIM = `
  INSERT INTO replies (mailbox_id, received_message_id, lead_id, conversation_id, message_id, from_email, from_name, to_emails, subject,
                       body_text, status, due_at, sent_at, ended_at, written_by, created_at, updated_at)
  SELECT r.mailbox_id, r.id, r.lead_id, r.conversation_id, '<by-kim@nexa.example>', 'sales@nexa.example', 'Kim Voss', ARRAY[r.from_email],
         'Re: ' || r.subject, 'Here they are.', 'sent', r.received_at, r.received_at, r.received_at, 'kim', r.received_at, r.received_at
  FROM received_messages r JOIN leads l ON l.id = r.lead_id
  WHERE r.kind = 'human' AND l.contact_name = $1`

/** Who signs in next at this tab finds nothing of it. */
export async function leaveNothing(page: Page) {
  await test.step('whoever signs out leaves nothing that was typed', async () => {
    await openFirst(page)
    await page.keyboard.press('r')
    await text(page).fill('Not for others.')
    await page.getByRole('button', { name: OWNER.name }).click()
    const asked: string[] = []
    page.on('dialog', (dialog) => {
      asked.push(dialog.type())
      return dialog.accept()
    })
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await expect(page).toHaveURL(/\/sign-in/)
    expect(asked, 'whether to stay').toEqual([])
    page.removeAllListeners('dialog')
    await signIn(page)
    await openFirst(page)
    await expect(page.getByRole('button', { name: /^Reply/ })).toBeVisible()
    await expect(form(page)).toHaveCount(0)
  })
}
