import { type AddressInfo, createServer } from 'node:net'
import { signIn } from './screens/account'
import { expectAccessible, expectNoSidewaysScroll } from './support/axe'
import { furnish } from './support/furnish'
import { expect, test } from './support/installation'
import { untilSettled } from './support/pages'

// How a person says where answers are read, and sees whether they are.
test.use({ installation: { name: 'mailbox-answers', clock: { start: '2026-03-02T08:00:00Z', speed: 1 } } })

test('a way in is saved with its mailbox, and the list says that it was not read yet', async ({ app, page }) => {
  await furnish(app)
  await signIn(page)
  // Takes connections and says nothing: whoever tries to read there is still at it when this test ends.
  const silent = createServer((socket) => socket.on('error', () => undefined).unref())
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as AddressInfo

  await page.goto('/settings/mailboxes/new')
  await page.getByLabel('Name of this mailbox').fill('Answers')
  await page.getByLabel('From name').fill('Sam Porter')
  await page.getByLabel('From address').fill('sam@gmail.com')
  await page.getByRole('button', { name: 'Fill in its servers' }).click()
  await expect(page.getByLabel('Server', { exact: true })).toHaveValue('smtp.gmail.com')
  await page.getByLabel('Read answers').check()
  await expect(page.getByLabel('IMAP server')).toHaveValue('imap.gmail.com')
  await page.getByLabel('IMAP server').fill('')
  await page.getByLabel('Same user name and password as for sending').uncheck()
  await page.getByRole('button', { name: 'Save mailbox' }).click()
  await expect(page.getByText('Enter the name of the IMAP server, such as imap.company.com.')).toBeVisible()
  await expect(page.getByText('Enter the user name for reading, or use the one for sending.')).toBeVisible()

  await page.getByLabel('Server', { exact: true }).fill('127.0.0.1')
  await page.getByLabel('IMAP server').fill('127.0.0.1')
  await page.getByLabel('IMAP port').fill(String(port))
  await page.getByLabel('IMAP user name').fill('sam')
  await page.getByLabel('IMAP password').fill('a word')
  await page.getByRole('button', { name: 'Save mailbox' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'sam@gmail.com' })).toBeVisible()
  await expect(page.getByText('Not read yet')).toBeVisible()
  await expect(page.getByLabel('IMAP port')).toHaveValue(String(port))
  await expect(page.getByText('One is stored, encrypted. Leave empty to keep it.')).toBeVisible()
  await untilSettled(page)
  await expectAccessible(page, { what: 'mailbox with a way in' })

  await page.goto('/settings/mailboxes')
  await expect(page.getByRole('row').filter({ hasText: 'sam@gmail.com' })).toContainText('Not read yet')
  await expect(page.getByText('Replies are not read').first()).toBeVisible()
  await page.setViewportSize({ width: 360, height: 740 })
  await untilSettled(page)
  await expectNoSidewaysScroll(page, 'mailboxes, 360 px')
  silent.close()
})
