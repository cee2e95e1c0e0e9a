import { afterAll, beforeAll, expect, it } from 'vitest'
import { type SandboxInbox, type SandboxMail, startSandboxInbox } from '@/mail/sandbox-inbox'
import { createSmtpMailer } from '@/mail/smtp-mailer'

const MB = 1024 * 1024

let inbox: SandboxInbox
const kept: SandboxMail[] = []
const mailer = createSmtpMailer()
beforeAll(async () => {
  inbox = await startSandboxInbox({ port: 0, keep: async (mails) => void kept.push(...mails) })
})
afterAll(async () => {
  mailer.close()
  await inbox.close()
})

/** The size is announced by nobody: nodemailer leaves it to the server to count. */
function send(bytes: number) {
  const line = `${'a'.repeat(76)}\r\n`
  const raw = Buffer.from(
    `Subject: Large\r\nMessage-ID: <${bytes}@nexa.example>\r\n\r\n${line.repeat(Math.ceil(bytes / line.length))}`,
  )
  const account = {
    host: '127.0.0.1',
    port: inbox.port,
    security: 'none' as const,
    greetingName: 'crm.nexa.example',
    maxConnections: 1,
    allowPrivate: true,
  }
  return mailer.send(account, { envelope: { from: 'sam@nexa.example', to: 'ada@nord.example' }, raw })
}

it('keeps a message of 9 MB, refuses one of 11 MB, and goes on', async () => {
  expect(await send(9 * MB)).toMatchObject({ kind: 'accepted' })
  expect(await send(11 * MB)).toEqual({ kind: 'too_large', limit: 10 * MB })
  expect(await send(100)).toMatchObject({ kind: 'accepted' })
  expect(kept.map(({ messageId }) => messageId)).toEqual([`<${9 * MB}@nexa.example>`, '<100@nexa.example>'])
})
