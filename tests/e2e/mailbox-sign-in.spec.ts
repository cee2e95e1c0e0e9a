import { OauthServer } from '../support/sign-in/oauth-server'
import { startTokenSmtp } from '../support/sign-in/token-smtp'
import { signIn } from './screens/account'
import { expectAccessible, expectNoSidewaysScroll } from './support/axe'
import { furnish } from './support/furnish'
import { expect, test } from './support/installation'
import { untilSettled } from './support/pages'

// How a person lets a mailbox sign in on its provider's page, and again once the provider has ended that.
test.use({
  installation: {
    name: 'mailbox-sign-in',
    clock: { start: '2026-03-02T08:00:00Z', speed: 1 },
    env: { GOOGLE_CLIENT_ID: 'id-of-google', GOOGLE_CLIENT_SECRET: 'secret-of-google' },
  },
})

test('a mailbox signs in on the page of its provider, and again where every page asks for it', async ({
  app,
  database,
  page,
}) => {
  const api = await furnish(app)
  await signIn(page)
  const provider = await OauthServer.start()
  const smtp = await startTokenSmtp(provider)
  const { id } = await api.mailboxes.create.mutate({
    name: 'Sam',
    fromName: 'Sam Porter',
    fromEmail: 'sam@nexa.example',
    smtpHost: '127.0.0.1',
    smtpPort: smtp.port,
    smtpSecurity: 'none',
  })

  await page.goto('/settings/mailboxes')
  await expect(page.getByText(`${app.url}/api/oauth/callback`).first()).toBeVisible()
  // What the environment gives is shown and not asked for.
  await expect(page.getByText('id-of-google')).toBeVisible()
  await expect(page.getByText(/From the environment of this installation \(GOOGLE_CLIENT_ID\)/)).toBeVisible()
  await expect(page.getByLabel('Google client ID')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Save the client of Google' })).toHaveCount(0)
  expect(await page.content()).not.toContain('secret-of-google')
  await page.getByLabel('Microsoft client ID').fill('client')
  await page.getByLabel(/^Client secret of Microsoft/).fill('secret-of-the-client')
  await page.getByLabel(/^Address of the cloud/).fill(provider.address)
  await page.getByRole('button', { name: 'Save the client of Microsoft' }).click()
  await expect(page.getByText('One is stored, encrypted. Leave empty to keep it.')).toBeVisible()
  await untilSettled(page)
  await expectAccessible(page, { what: 'mailboxes with clients of providers' })

  await page.goto(`/settings/mailboxes/${id}`)
  await page.getByRole('button', { name: 'Sign in with Microsoft' }).click()
  // There and back.
  await expect(page.getByText('This mailbox signed in on the page of Microsoft. No password is used.')).toBeVisible()
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByText('Signing in to send: works')).toBeVisible()
  expect(smtp.logins).toEqual(['sam@nexa.example let in'])

  provider.endAll()
  await database.rows('UPDATE mailbox_sign_ins SET expires_at = now()')
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByText('Signing in to send: does not work')).toBeVisible()
  await expect(page.getByText('Microsoft has ended the sign-in of this mailbox.').first()).toBeVisible()
  await page.goto('/leads')
  await expect(page.getByText('Sign in again: sam@nexa.example.')).toBeVisible()
  await page.setViewportSize({ width: 360, height: 740 })
  await untilSettled(page)
  await expectAccessible(page, { what: 'a page that asks to sign in again' })
  await expectNoSidewaysScroll(page, 'a page that asks to sign in again, 360 px')
  await page.setViewportSize({ width: 1280, height: 900 })

  await page.getByRole('link', { name: 'Fix the mailbox' }).click()
  await page.getByRole('button', { name: 'Sign in again with Microsoft' }).click()
  await expect(page.getByText('Signing in to send: not tested yet')).toBeVisible()
  await expect(page.getByText('Sign in again: sam@nexa.example.')).toBeHidden()
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByText('Signing in to send: works')).toBeVisible()
  await smtp.close()
  await provider.close()
})
