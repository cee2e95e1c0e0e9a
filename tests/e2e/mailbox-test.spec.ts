import { FAILS } from '../support/servers/name-server'
import { startSmtpSink } from '../support/servers/smtp-sink'
import { signIn } from './screens/account'
import { expectAccessible, expectNoSidewaysScroll } from './support/axe'
import { furnish } from './support/furnish'
import { expect, test } from './support/installation'
import { untilSettled } from './support/pages'

// How a person finds out whether a mailbox works, part by part.
test.use({
  installation: {
    name: 'mailbox-test',
    clock: { start: '2026-03-02T08:00:00Z', speed: 1 },
    names: {
      'nexa.example': { mx: [{ priority: 10, exchange: 'mx.nexa.example' }], txt: ['v=spf1 mx ~all'] },
      '_dmarc.nexa.example': FAILS,
    },
  },
})

test('a mailbox is tested in parts, each with what is wrong and what to do, and again after the fix', async ({
  app,
  names,
  page,
}) => {
  await furnish(app)
  await signIn(page)
  const sink = await startSmtpSink({ password: () => 'correct' })
  await page.goto('/settings/mailboxes/new')
  await page.getByLabel('Name of this mailbox').fill('Own')
  await page.getByLabel('From name').fill('Sam Porter')
  await page.getByLabel('From address').fill('sam@nexa.example')
  await page.getByLabel('Own server').check()
  await page.getByLabel('Server', { exact: true }).fill('127.0.0.1')
  await page.getByLabel('Port', { exact: true }).fill(String(sink.port))
  await page.getByLabel('Encryption').click()
  await page.getByRole('option', { name: /^None/ }).click()
  await page.getByLabel('Port', { exact: true }).fill(String(sink.port))
  await page.getByLabel(/^User name/).fill('sam')
  await page.getByLabel(/^Password/).fill('wrong')
  await page.getByRole('button', { name: 'Save mailbox' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'sam@nexa.example' })).toBeVisible()
  for (const part of ['Signing in to send', 'Sender address', 'Signing in to read', 'Folders', 'Round trip'])
    await expect(page.getByText(`${part}: not tested yet`)).toBeVisible()

  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByText('Signing in to send: does not work')).toBeVisible()
  await expect(page.getByText('The server said: “535 5.7.8 Username and Password not accepted”')).toBeVisible()
  await expect(page.getByText('Sender address: not known')).toBeVisible()
  await expect(page.getByText('Signing in to read: missing')).toBeVisible()
  await untilSettled(page)
  await expectAccessible(page, { what: 'mailbox with failed parts' })

  await page.getByLabel(/^Password/).fill('correct')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Signing in to send: not tested yet')).toBeVisible()
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByText('Signing in to send: works')).toBeVisible()
  await expect(page.getByText('Sender address: works')).toBeVisible()
  expect(sink.received.map(({ to }) => to)).toEqual(['sam@nexa.example'])

  await expect(page.getByText('DMARC: not tested yet')).toBeVisible()
  await page.getByRole('button', { name: 'Check the records' }).click()
  await expect(page.getByText('MX: works')).toBeVisible()
  await expect(page.getByText('v=spf1 mx ~all')).toBeVisible()
  await expect(page.getByText('DKIM: not known')).toBeVisible()
  await expect(page.getByText('DMARC: not known')).toBeVisible()
  await expect(page.getByText('could not be looked up')).toBeVisible()
  names.zone['_dmarc.nexa.example'] = {}
  await page.getByRole('button', { name: 'Check the records' }).click()
  await expect(page.getByText('DMARC: missing')).toBeVisible()
  await expect(page.getByText('v=DMARC1; p=none; rua=mailto:sam@nexa.example')).toBeVisible()
  await page.getByRole('button', { name: 'Copy the record of _dmarc.nexa.example' }).click()
  await untilSettled(page)
  await expectAccessible(page, { what: 'mailbox with a record to copy' })

  await page.getByLabel('Begin slowly').check()
  await page.getByLabel('On its first day', { exact: true }).fill('60')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('A whole number from 1 to the daily limit, which a ramp-up needs.')).toBeVisible()
  await page.getByLabel('On its first day', { exact: true }).fill('10')
  await page.getByRole('button', { name: 'Save changes' }).click()
  // A Monday, and five days on which it sends.
  const ramping = 'Ramping up: 10 today, 5 more on each sending day, until 50 on 2026-03-12.'
  await expect(page.getByText(ramping)).toBeVisible()
  await expect(page.getByLabel('First day', { exact: true })).toHaveValue('2026-03-02')
  await page.setViewportSize({ width: 360, height: 740 })
  await untilSettled(page)
  await expectNoSidewaysScroll(page, 'mailbox, 360 px')
  await sink.close()
})
