import type { Browser, Page } from 'playwright/test'
import { OWNER, signIn } from './screens/account'
import { confirm, question } from './screens/controls'
import { furnish } from './support/furnish'
import { expect, test } from './support/installation'
import { watchProblems } from './support/page-problems'

test.use({ installation: { name: 'team', clock: { start: '2026-03-04T09:40:00Z', speed: 1 } } })
test.describe.configure({ mode: 'serial' })

const ADA = { name: 'Ada Winter', email: 'ada@nexa.example', password: 'quiet rivers run north' }

test('a colleague is invited, joins, becomes a viewer, and is removed while her page is open', async ({
  page,
  app,
  browser,
}) => {
  await furnish(app)
  const problems = watchProblems(page)
  await signIn(page)
  await page.goto('/settings/team')
  const link = await invite(page, ADA.email)

  const hers = await openedBy(browser, app.url)
  await test.step('she makes her account with the link, which works once', () => join(hers, link))

  await test.step('she works as a member, and manages nobody', async () => {
    await hers.goto('/settings/team')
    await expect(hers.getByText('Only an owner or an admin can change this.')).toBeVisible()
    await expect(hers.getByRole('row').filter({ hasText: 'Ada Winter' })).toContainText('Member')
    await expect(hers.getByRole('button', { name: 'Invite' })).toHaveCount(0)
  })

  await test.step('her role changes while her page is open', async () => {
    await hers.goto('/templates/new')
    await hers.getByLabel('Name').fill('A first email')
    await page.goto('/settings/team')
    await page.getByRole('button', { name: 'More for Ada Winter' }).click()
    await page.getByRole('menuitem', { name: 'Change role…' }).click()
    await page.getByRole('radio', { name: /^Viewer/ }).check()
    await page.getByRole('button', { name: 'Make Viewer' }).click()
    await expect(page.getByText('Ada Winter is Viewer now.')).toBeVisible()
    await hers.goto('/settings/suppression')
    await hers.getByRole('button', { name: 'Add', exact: true }).click()
    await hers.getByLabel('Address or domain').fill('no@customer.example')
    await hers.getByRole('button', { name: 'Add to the list' }).click()
    await expect(hers.getByText('Viewers can look at everything and change nothing')).toBeVisible()
    await hers.keyboard.press('Escape')
  })

  await test.step('she is removed, and her open page says so at the next click', async () => {
    await page.getByRole('button', { name: 'More for Ada Winter' }).click()
    await page.getByRole('menuitem', { name: 'Remove…' }).click()
    await confirm(page, 'Remove Ada Winter')
    await expect(page.getByRole('row').filter({ hasText: ADA.email })).toHaveCount(0)
    // The page asks for news by itself now and then: it may have heard of it before the click.
    const ended = hers.getByText('You are not signed in any more.')
    await hers.getByRole('link', { name: 'Domains' }).or(ended).click()
    await expect(hers).toHaveURL(/\/sign-in\?.*ended=true/)
    await expect(ended).toBeVisible()
    await hers.getByLabel('Email').fill(ADA.email)
    await hers.getByLabel('Password').fill(ADA.password)
    await hers.getByRole('button', { name: 'Sign in' }).click()
    await expect(hers.getByText('This email address and password do not belong together.')).toBeVisible()
  })
  await hers.context().close()
  expect(problems).toEqual([])
})

test('the last owner stays the owner, and is told what to do first', async ({ page }) => {
  await signIn(page)
  await page.goto('/settings/team')
  await page.getByRole('button', { name: `More for ${OWNER.name}` }).click()
  await page.getByRole('menuitem', { name: 'Remove yourself…' }).click()
  await question(page).getByRole('button', { name: 'Remove yourself' }).click()
  await expect(question(page).getByText('Make another person an owner first.')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.reload()
  await expect(page.getByRole('row').filter({ hasText: OWNER.email })).toContainText('Owner')
})

test('an invitation that was taken back opens a page that says so', async ({ page, browser, app }) => {
  await signIn(page)
  await page.goto('/settings/team')
  const link = await invite(page, 'tom@nexa.example')
  await page.getByRole('button', { name: 'Take back the invitation of tom@nexa.example' }).click()
  await expect(page.getByText('The invitation of tom@nexa.example was taken back.')).toBeVisible()
  const his = await openedBy(browser, app.url)
  await his.goto(link)
  await expect(his.getByRole('heading', { name: 'This invitation cannot be used' })).toBeVisible()
  await his.context().close()
})

/** Invites somebody as a member, and answers the path of the link that is shown. */
async function invite(page: Page, email: string): Promise<string> {
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Email').fill(email)
  await dialog.getByRole('button', { name: 'Invite' }).click()
  await expect(dialog.getByText('The link was not sent by email.')).toBeVisible()
  const link = new URL(await dialog.getByLabel('Invitation link').inputValue()).pathname
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await expect(page.getByRole('region', { name: 'Invited' })).toContainText(email)
  return link
}

async function join(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await expect(page.getByText(`${OWNER.name} invites you to work here, as: Member.`)).toBeVisible()
  await page.getByLabel('Your name').fill(ADA.name)
  await page.getByLabel('Password').fill('password1234')
  await page.getByRole('button', { name: 'Make the account' }).click()
  await expect(page.getByText('This password is too easy to guess')).toBeVisible()
  await page.getByLabel('Password').fill(ADA.password)
  await page.getByRole('button', { name: 'Make the account' }).click()
  await expect(page).toHaveURL(/\/campaigns$/)
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'This invitation cannot be used' })).toBeVisible()
}

/** A page of somebody else, on another machine. */
async function openedBy(browser: Browser, baseURL: string): Promise<Page> {
  const context = await browser.newContext({ baseURL, locale: 'en-GB', timezoneId: 'Europe/Berlin' })
  return context.newPage()
}
