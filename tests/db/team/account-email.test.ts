import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { createMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { findAccountMailbox, sendAccountEmail } from '@/use-cases/team/send-account-email'
import { createEngine, type Engine } from '../../support/engine'

const RIGHT = 'correct'

let engine: Engine
let wanted = RIGHT
beforeAll(async () => {
  engine = await createEngine({ password: () => wanted })
  engine.deps.config.sandbox = false
})
afterAll(() => engine.close())
beforeEach(async () => {
  wanted = 'another password'
  engine.sink.logins.length = 0
  await engine.db.mailbox.deleteMany()
  const mailbox = mailboxInput.parse({
    name: 'Sales',
    fromName: 'Sam',
    fromEmail: 'sam@nexa.example',
    smtpHost: '127.0.0.1',
    smtpPort: engine.sink.port,
    smtpSecurity: 'none',
    smtpUser: 'sam',
    smtpPassword: RIGHT,
  })
  await createMailbox(engine.deps, mailbox)
  await engine.db.mailbox.updateMany({ data: { testedAt: new Date() } })
})

const send = () => sendAccountEmail(engine.deps, { to: 'ada@nexa.example', subject: 'A link', lines: ['Here it is.'] })
const mailbox = () => engine.db.mailbox.findFirstOrThrow()

it('a refused sign-in stops the mailbox, as with any other email, and is tried once', async () => {
  expect(await send()).toMatchObject({ sent: false })
  expect(await mailbox()).toMatchObject({ health: 'stopped', healthReason: expect.stringContaining('password') })
  const check = { mailboxId: (await mailbox()).id, name: 'smtp' }
  expect(await engine.db.mailboxCheck.findFirst({ where: check })).toMatchObject({ outcome: 'wrong' })
  const tried = engine.sink.logins.length
  expect(await findAccountMailbox(engine.deps)).toBeNull()
  expect(await send()).toMatchObject({ sent: false, why: expect.stringContaining('no mailbox is ready') })
  expect([tried, engine.sink.logins.length]).toEqual([1, 1])
})

it('a server that was busy lets the mailbox cool down, and an email that it takes ends that', async () => {
  wanted = RIGHT
  const before = { health: 'cooling_down', healthReason: 'It was busy.', troubleCount: 2 }
  await engine.db.mailbox.updateMany({ data: { ...before, coolDownUntil: new Date(0) } })
  expect(await send()).toMatchObject({ sent: true })
  expect(await mailbox()).toMatchObject({ health: 'ready', healthReason: null, troubleCount: 0 })
})

it('a password that cannot be read any more stops the mailbox', async () => {
  await engine.db.mailbox.updateMany({ data: { smtpPasswordEncrypted: 'sealed with another key' } })
  expect(await send()).toMatchObject({ sent: false, why: expect.stringContaining('could not be used') })
  expect(await mailbox()).toMatchObject({ health: 'stopped' })
  expect(engine.sink.logins).toEqual([])
})
