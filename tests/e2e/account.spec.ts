import type { Page } from 'playwright/test'
import { totp } from '../support/team/totp'
import { OWNER, signIn } from './screens/account'
import { furnish } from './support/furnish'
import { expect, test } from './support/installation'
import { watchProblems } from './support/page-problems'

test.use({ installation: { name: 'account', clock: { start: '2026-03-04T09:40:00Z', speed: 1 } } })
test.describe.configure({ mode: 'serial' })

const NEW = 'three other calm words'

test('the owner keeps the account: name, sessions, password, second factor, and all of it stands in the audit log', async ({
  page,
  app,
  browser,
}) => {
  await furnish(app)
  const problems = watchProblems(page)
  await signIn(page)
  const elsewhere = await browser.newContext({ baseURL: app.url, locale: 'en-GB', timezoneId: 'Europe/Berlin' })
  const other = await elsewhere.newPage()
  await signIn(other)

  await page.goto('/account')
  await test.step('name', async () => {
    await page.getByLabel('Name').fill('Olivia Winter')
    await page.getByRole('button', { name: 'Save name' }).click()
    await expect(page.getByText('The name was saved.')).toBeVisible()
  })

  await test.step('a session elsewhere is ended', async () => {
    // Away from the app first: a page that asks for news would itself go to the sign-in, across the way to the next one.
    await other.goto('about:blank')
    await page.getByRole('button', { name: /^End \d+ other sessions?$/ }).click()
    await expect(page.getByRole('button', { name: /other session/ })).toHaveCount(0)
    await other.goto('/leads')
    await expect(other).toHaveURL(/\/sign-in/)
  })

  await test.step('password', async () => {
    const card = page.getByRole('region', { name: 'Password' })
    await card.getByLabel('Present password').fill(OWNER.password)
    await card.getByLabel('New password').fill('password1234')
    await card.getByRole('button', { name: 'Change password' }).click()
    await expect(card.getByText('This password is too easy to guess')).toBeVisible()
    await card.getByLabel('New password').fill(NEW)
    await card.getByRole('button', { name: 'Change password' }).click()
    await expect(page.getByText('The password was changed.')).toBeVisible()
  })

  const { codes } = await test.step('second factor', () => turnOn(page))

  await test.step('the next sign-in asks for a code, and takes a backup code once', async () => {
    for (const [code, works] of [
      [codes[0] ?? '', true],
      [codes[0] ?? '', false],
    ] as const) {
      await other.goto('/sign-in')
      await other.getByLabel('Email').fill(OWNER.email)
      await other.getByLabel('Password').fill(NEW)
      await other.getByRole('button', { name: 'Sign in' }).click()
      await other.getByLabel('Code').fill(code)
      await other.getByRole('button', { name: 'Sign in' }).click()
      if (works) await expect(other).toHaveURL(/\/campaigns$/)
      else await expect(other.getByText('This is none of your backup codes')).toBeVisible()
      // As above.
      await other.goto('about:blank')
      await other.context().clearCookies()
    }
  })

  await test.step('the audit log has it', async () => {
    await page.goto('/settings/audit')
    const lines = page.getByRole('table', { name: 'Audit log' })
    for (const words of [
      'Turned their second factor on',
      'Changed their password',
      'Ended all other sessions of theirs',
    ]) {
      await expect(lines.getByRole('row').filter({ hasText: words }).first()).toContainText('Olivia')
    }
    await page.getByRole('link', { name: 'Refused' }).click()
    await expect(lines.getByRole('row').filter({ hasText: 'Signed in' }).first()).toContainText('Refused')
  })
  await elsewhere.close()
  // The password that was refused, and nothing else.
  expect(problems.filter((problem) => !/change-password/.test(problem))).toEqual([])
})

test('who forgot the password is told where a link comes from, since no email leaves this machine', async ({
  page,
}) => {
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Forgot it?' }).click()
  await expect(page.getByText('This installation cannot send you an email.')).toBeVisible()
  await expect(page.getByText('npm run owner:reset')).toBeVisible()
})

async function turnOn(page: Page): Promise<{ codes: string[] }> {
  await page.getByRole('button', { name: 'Turn on' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Your password').fill(NEW)
  await dialog.getByRole('button', { name: 'Continue' }).click()
  const secret = await dialog.locator('code').textContent()
  await dialog.getByLabel('Code').fill(totp(`otpauth://totp/x?secret=${secret}`))
  await dialog.getByRole('button', { name: 'Turn on' }).click()
  await expect(dialog.getByText('Keep these backup codes')).toBeVisible()
  const codes = await dialog.getByRole('list', { name: 'Backup codes' }).getByRole('listitem').allTextContents()
  await dialog.getByRole('button', { name: 'Done' }).click()
  return { codes }
}
