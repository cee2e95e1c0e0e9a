import { OauthServer } from '../support/sign-in/oauth-server'
import { startTokenSmtp } from '../support/sign-in/token-smtp'
import { signIn } from './screens/account'
import { expectAccessible } from './support/axe'
import { furnish } from './support/furnish'
import { expect, test } from './support/installation'
import { untilSettled } from './support/pages'
import { letDayPass, letEveningCome, NIGHT, startRunningCampaign } from './support/running-campaign'

test.use({ installation: { name: 'mailbox-tokens', clock: NIGHT } })

test('a token that ends before its time is replaced unseen; with its sign-in, mailbox and campaign say so until somebody signs in', async ({
  app,
  database,
  page,
}) => {
  const api = await furnish(app)
  const provider = await OauthServer.start()
  const smtp = await startTokenSmtp(provider)
  const client = { provider: 'microsoft', clientId: 'client', secret: 'secret-of-the-client' } as const
  await api.mailboxes.saveOauthClient.mutate({ ...client, authority: provider.address })
  const { id, mailboxId } = await startRunningCampaign(api, { days: [0, 1, 1] })
  await api.mailboxes.update.mutate({
    mailboxId,
    mailbox: {
      ...{ name: 'Sam', kind: 'smtp', fromName: 'Sam Porter', fromEmail: 'sam@nexa.example' },
      ...{ smtpHost: '127.0.0.1', smtpPort: smtp.port, smtpSecurity: 'none' },
    },
  })
  const untilSent = (emails: number) =>
    expect.poll(() => database.count(`scheduled_emails WHERE status = 'sent'`)).toBe(emails)
  const nextDay = async () => {
    // Nobody keeps a connection for a day.
    smtp.hangUp()
    // A token that was made just now counts as new, and is not replaced when it is refused.
    await database.rows("UPDATE mailbox_sign_ins SET updated_at = updated_at - interval '1 day'")
    await letDayPass(database, id)
  }

  await signIn(page)
  await page.goto(`/settings/mailboxes/${mailboxId}`)
  await page.getByRole('button', { name: 'Sign in with Microsoft' }).click()
  await expect(page.getByText('This mailbox signed in on the page of Microsoft. No password is used.')).toBeVisible()
  await letEveningCome(database, id)
  await untilSent(2)

  provider.endAccess()
  await nextDay()
  await untilSent(4)
  expect(smtp.logins).toContain('sam@nexa.example refused')
  expect(provider.refreshes).toBe(1)
  await page.goto('/leads')
  await untilSettled(page)
  await expect(page.getByText('Sign in again: sam@nexa.example.')).toBeHidden()

  provider.endAll()
  await nextDay()
  await expect(page.getByText('Sign in again: sam@nexa.example.')).toBeVisible()
  await page.goto(`/campaigns/${id}`)
  await expect(page.getByText('Nothing leaves: mailbox sam@nexa.example is stopped.').first()).toBeVisible()
  await expect(page.getByText('Microsoft has ended the sign-in of this mailbox.').first()).toBeVisible()
  await untilSettled(page)
  await expectAccessible(page, { what: 'a campaign whose mailbox must sign in again' })
  await page.getByRole('link', { name: 'Fix the mailbox' }).first().click()
  await expect(page.getByText('Microsoft has ended the sign-in of this mailbox.').first()).toBeVisible()
  expect(await database.count(`scheduled_emails WHERE status = 'pending'`)).toBe(2)

  await page.getByRole('button', { name: 'Sign in again with Microsoft' }).click()
  await expect(page.getByText('Sign in again: sam@nexa.example.')).toBeHidden()
  await untilSent(6)
  await page.goto(`/campaigns/${id}`)
  await expect(page.getByText('Completed').first()).toBeVisible()
  expect(provider.reused).toBe(0)
  await smtp.close()
  await provider.close()
})
