import type { ApiClient } from '../../scripts/lib/demo/api-client'
import { startScriptedSmtp } from '../support/servers/scripted-smtp'
import { startScriptedImap } from '../support/sign-in/scripted-imap'
import { signIn } from './screens/account'
import { expectAccessible } from './support/axe'
import { furnish } from './support/furnish'
import { expect, test } from './support/installation'
import { untilSettled } from './support/pages'
import { letDayPass, letEveningCome, NIGHT, startRunningCampaign } from './support/running-campaign'

// What a person reads where a mailbox is refused, on its page and in its campaign, and how it goes on after the repair.
test.use({ installation: { name: 'mailbox-repairs', clock: NIGHT } })

/** Saves the mailbox with servers of its own, which resets its health. */
const save = (
  api: ApiClient,
  mailboxId: string,
  { smtpPort, smtpPassword, imapPort }: { smtpPort: number; smtpPassword: string; imapPort: number },
) =>
  api.mailboxes.update.mutate({
    mailboxId,
    mailbox: {
      name: 'Sam',
      kind: 'smtp',
      fromName: 'Sam Porter',
      fromEmail: 'sam@nexa.example',
      smtpHost: '127.0.0.1',
      smtpPort,
      smtpSecurity: 'none',
      smtpUser: 'sam',
      smtpPassword,
      reader: { imapHost: '127.0.0.1', imapPort, imapSecurity: 'none' },
    },
  })

test('a revoked app password, throttling and IMAP that is off: each with its words, each going on after its repair', async ({
  app,
  database,
  page,
}) => {
  const api = await furnish(app)
  await signIn(page)
  let login = '235 2.7.0 Accepted'
  const smtp = await startScriptedSmtp((command) => {
    if (command.startsWith('EHLO')) return '250-scripted\r\n250 AUTH PLAIN'
    if (command.startsWith('AUTH')) return login
    return undefined
  })
  const imap = await startScriptedImap()
  const { id, mailboxId } = await startRunningCampaign(api, { days: [0, 1] })
  const own = (smtpPassword: string) => save(api, mailboxId, { smtpPort: smtp.port, smtpPassword, imapPort: imap.port })

  login = '535 5.7.8 Username and Password not accepted. Application-specific password required'
  await own('old')
  await letEveningCome(database, id)
  await page.goto(`/settings/mailboxes/${mailboxId}`)
  await expect(page.getByText('one that was revoked is refused, too').first()).toBeVisible()
  await page.goto(`/campaigns/${id}`)
  await expect(page.getByText('Nothing leaves: mailbox sam@nexa.example is stopped.').first()).toBeVisible()
  await expect(page.getByText('Make a new one at the provider and enter it.').first()).toBeVisible()

  login = '454 4.7.0 Too many login attempts, please try again later'
  imap.settings.login = 'NO [LIMIT] Too many simultaneous connections. (Failure)'
  await own('new')
  await expect(page.getByText('User name and password may be right; it is tried again.').first()).toBeVisible()
  await page.goto(`/settings/mailboxes/${mailboxId}`)
  await expect(page.getByText('Cooling down').first()).toBeVisible()
  await expect(page.getByText('Reading pauses').first()).toBeVisible()
  await expect(page.getByText('The server takes no sign-in at the moment.').first()).toBeVisible()
  await expect(page.getByText('It is tried again by itself.').first()).toBeVisible()

  // Nobody saves or clicks anything once the providers have calmed down: both go on.
  imap.settings.login = 'OK'
  await expect(page.getByText('Last read').first()).toBeVisible()
  await expect(page.getByText('Reading pauses')).toBeHidden()
  expect(await database.count(`scheduled_emails WHERE status = 'sent'`)).toBe(0)
  login = '235 2.7.0 Accepted'
  await expect.poll(() => database.count(`scheduled_emails WHERE status = 'sent'`)).toBe(2)
  await expect(page.getByText('Cooling down')).toBeHidden()

  imap.settings.login = 'NO [ALERT] Your account is not enabled for IMAP use.'
  await own('new')
  await expect(page.getByText('IMAP is switched off for this mailbox.').first()).toBeVisible()
  await expect(page.getByText('it is tried again every hour').first()).toBeVisible()
  const before = imap.settings.logins
  // The follow-ups of the next day are due, and wait, since the last reading is too old for them.
  await database.rows(`UPDATE mailbox_readers SET last_read_at = last_read_at - interval '30 minutes'`)
  await letDayPass(database, id)
  await page.goto(`/campaigns/${id}`)
  await expect(page.getByText('Answers to sam@nexa.example cannot be read, so follow-ups wait.').first()).toBeVisible()
  await untilSettled(page)
  await expectAccessible(page, { what: 'a campaign whose answers cannot be read' })
  expect(await database.count(`scheduled_emails WHERE status = 'sent'`)).toBe(2)
  expect(imap.settings.logins).toBe(before)

  // An hour later it is tried again, and the follow-ups leave: nobody has to come back for it.
  imap.settings.login = 'OK'
  await page.goto(`/settings/mailboxes/${mailboxId}`)
  await database.rows(`UPDATE mailbox_readers SET next_read_at = next_read_at - interval '1 hour'`)
  await expect(page.getByText('Reading stopped')).toBeHidden()
  await expect.poll(() => database.count(`scheduled_emails WHERE status = 'sent'`)).toBe(4)
  await smtp.close()
  await imap.close()
})
