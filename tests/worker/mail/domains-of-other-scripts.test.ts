import { expect, it, onTestFinished } from 'vitest'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { sendTest } from '@/use-cases/templates/send-test'
import { createEngine, startOutreach } from '../../support/engine'
import { startRefusingServer } from '../../support/servers/refusing-server'

it('a mailbox at an umlaut domain sends under its ASCII name, on the wire and in every header; so do test emails', async () => {
  const engine = await createEngine()
  onTestFinished(engine.close)
  const { id: mailboxId } = await engine.db.mailbox.findFirstOrThrow()
  const read = mailboxInput.safeParse({
    name: 'Vertrieb',
    kind: 'environment',
    fromName: 'Jörg Müller',
    fromEmail: 'joerg@müller.example',
    replyTo: 'antwort@müller.example',
  })
  expect(read).toMatchObject({ success: true })
  if (read.success) await updateMailbox(engine.deps, { mailboxId, mailbox: read.data })
  const { workflow } = await startOutreach(engine, { leads: 1, days: [0] })
  const heads: string[] = []
  const { commands, close } = await startRefusingServer(engine, {
    refuse: (message) => {
      heads.push(message.split('\n\n')[0] ?? '')
      return undefined
    },
  })
  onTestFinished(close)
  await engine.work()
  expect(commands.find((line) => line.startsWith('MAIL'))).toBe('MAIL FROM:<joerg@xn--mller-kva.example>')
  const [head = ''] = heads
  expect(head).toMatch(/^From: .*<joerg@xn--mller-kva\.example>$/m)
  expect(head).toMatch(/^Reply-To: antwort@xn--mller-kva\.example$/im)
  expect(head).toMatch(/^Message-ID: <[\w-]+@xn--mller-kva\.example>$/im)
  expect(head).toMatch(/^[\n\t\x20-\x7e]*$/)

  const template = { templateId: workflow.steps[0]?.emailTemplateId ?? '' }
  const test = await sendTest(engine.deps, { template, to: 'anna@bücher.example', by: 'tester' })
  expect(test.to).toBe('anna@xn--bcher-kva.example')
  expect(commands.filter((line) => line.startsWith('RCPT')).at(-1)).toBe('RCPT TO:<anna@xn--bcher-kva.example>')
})
