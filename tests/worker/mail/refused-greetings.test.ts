import { expect, it, onTestFinished } from 'vitest'
import { testMailbox } from '@/use-cases/mailboxes/test-mailbox'
import { createEngine } from '../../support/engine'
import { startScriptedSmtp } from '../../support/servers/scripted-smtp'

it.each([
  ['whole', '421 4.7.0 Greeting refused, try again later, closing connection. (EHLO)', 'refused the greeting'],
  [
    'cut off after its first line',
    '421-4.7.0 Greeting refused, try again later, closing connection. (EHLO)',
    'closed the connection',
  ],
])('a greeting refused with an answer that is %s is told with the name that was given', async (_how, answer, words) => {
  const engine = await createEngine()
  onTestFinished(engine.close)
  const said: string[] = []
  const server = await startScriptedSmtp((command) => {
    said.push(command)
    return /^(EHLO|HELO)/.test(command) ? answer : undefined
  })
  onTestFinished(server.close)
  engine.deps.config.smtpUrl = `smtp://127.0.0.1:${server.port}`
  const mailbox = await engine.db.mailbox.findFirstOrThrow()
  await engine.db.mailbox.update({ where: { id: mailbox.id }, data: { greetingName: 'crm.nexa.example' } })
  const { ok, message } = await testMailbox(engine.deps, { mailboxId: mailbox.id })
  expect(ok).toBe(false)
  expect(said).toContain('EHLO crm.nexa.example')
  expect(message).toContain('crm.nexa.example')
  expect(message).toContain(words)
})
