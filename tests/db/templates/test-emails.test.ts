import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { addressHash } from '@/lib/encryption'
import { addSuppression } from '@/use-cases/suppression/add-suppression'
import { listTestMailboxes } from '@/use-cases/templates/list-test-mailboxes'
import { sendTest } from '@/use-cases/templates/send-test'
import { freePort } from '../../../scripts/lib/ports'
import { BY, createEngine, type Engine } from '../../support/engine'
import { refusal } from '../../support/refusal'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  engine.sink.received.length = 0
  await engine.db.testEmailCount.deleteMany()
  await engine.db.mailbox.updateMany({ data: { health: 'ready', healthReason: null, coolDownUntil: null } })
})

const template = { subject: 'Hello', bodyText: 'Hi there' }
const send = (more: object = {}) => sendTest(engine.deps, { template, to: 'me@x.example', by: BY, ...more })
const oldest = async () => (await engine.db.mailbox.findFirstOrThrow({ orderBy: { createdAt: 'asc' } })).id
const publicly = (appUrl: string) => ({ ...engine.deps, config: { ...engine.deps.config, appUrl } })

/** A mailbox with a server of its own: the same one that stands for all the world here. */
async function ownServer() {
  const known = await engine.db.mailbox.findFirst({ where: { fromEmail: 'own@server.example' } })
  if (known) return known
  return engine.db.mailbox.create({
    data: {
      name: 'Own',
      kind: 'smtp',
      fromName: 'Own',
      fromEmail: 'own@server.example',
      smtpHost: '127.0.0.1',
      smtpPort: Number(new URL(engine.deps.config.smtpUrl).port),
      smtpSecurity: 'none',
      createdAt: new Date('2099-01-01T00:00:00Z'),
    },
  })
}

it('refuses an address that is suppressed, by itself, by its domain or by its hash alone, and logs in nowhere', async () => {
  await addSuppression(engine.deps, { value: 'no@test.example', reason: 'unsubscribed', by: BY })
  await addSuppression(engine.deps, { value: 'closed.example', by: BY })
  await engine.db.suppression.create({
    data: {
      kind: 'address',
      valueHash: addressHash(engine.deps.config.consentKey, 'erased@test.example'),
      reason: 'complained',
      source: 'manual',
    },
  })
  for (const [to, why] of [
    ['No@test.example', 'unsubscribed'],
    ['ada@closed.example', 'its domain closed.example is on the list: added by hand'],
    ['erased@test.example', 'complained'],
  ]) {
    expect(await refusal(send({ to }))).toEqual({
      code: 'conflict',
      message: `"${to}" is on the suppression list (${why}). Nothing was sent. Send the test to another address.`,
    })
  }
  expect(engine.sink.received).toHaveLength(0)
  expect(await engine.db.testEmailCount.count()).toBe(0)
})

it('does not log in to a mailbox that is stopped or cools down, and takes the next one without a choice', async () => {
  const own = await ownServer()
  const id = await oldest()
  await engine.db.mailbox.update({ where: { id }, data: { health: 'stopped', healthReason: '535 wrong password' } })
  expect(await refusal(send({ mailboxId: id }))).toMatchObject({
    code: 'not_ready',
    message: expect.stringMatching(
      / is stopped: 535 wrong password\. Nothing was sent\. Fix the mailbox in Settings\.$/,
    ),
  })
  expect(engine.sink.received).toHaveLength(0)
  expect(await send()).toMatchObject({ from: own.fromEmail })
  const until = new Date(engine.clock.now().getTime() + 60_000)
  await engine.db.mailbox.update({ where: { id: own.id }, data: { health: 'cooling_down', coolDownUntil: until } })
  expect(await refusal(send())).toMatchObject({ code: 'not_ready' })
  expect(engine.sink.received.map(({ from }) => from)).toEqual([own.fromEmail])
})

it('goes out from the chosen mailbox, and says whether it left this machine', async () => {
  const own = await ownServer()
  expect(await send()).toMatchObject({ goesOut: false, unreachableLinks: 'http://localhost:3000' })
  expect(await send({ mailboxId: own.id })).toMatchObject({ from: own.fromEmail, goesOut: true })
  expect(engine.sink.received.at(-1)).toMatchObject({ from: own.fromEmail })
  const live = { ...engine.deps, config: { ...engine.deps.config, sandbox: false } }
  expect(await sendTest(live, { template, to: 'me@x.example', by: BY })).toMatchObject({ goesOut: true })
  expect(await refusal(send({ mailboxId: crypto.randomUUID() }))).toMatchObject({ code: 'not_found' })
})

it('says in plain words why no server was reached, and why no login could be made', async () => {
  const own = await ownServer()
  const free = await freePort()
  await engine.db.mailbox.update({ where: { id: own.id }, data: { smtpPort: free } })
  expect(await refusal(send({ mailboxId: own.id }))).toEqual({
    code: 'not_ready',
    message: `The test email was not accepted: Nothing answers at 127.0.0.1:${free}. Check server and port.`,
  })
  const sealed = { smtpUser: 'own', smtpPasswordEncrypted: 'of another key' }
  await engine.db.mailbox.update({ where: { id: own.id }, data: sealed })
  expect(await refusal(send({ mailboxId: own.id }))).toEqual({
    code: 'not_ready',
    message: expect.stringMatching(/password.* Nothing was sent\.$/s),
  })
  await engine.db.mailbox.delete({ where: { id: own.id } })
})

it('warns where recipients cannot open the links', async () => {
  expect(await listTestMailboxes(engine.deps)).toMatchObject({ unreachableLinks: 'http://localhost:3000' })
  expect(await listTestMailboxes(publicly('http://mail.nexa.example'))).toMatchObject({
    unreachableLinks: 'http://mail.nexa.example',
  })
  expect(await listTestMailboxes(publicly('https://mail.nexa.example'))).toMatchObject({ unreachableLinks: null })
})

it('lists the mailboxes, the oldest first, with what is wrong with them', async () => {
  const own = await ownServer()
  await engine.db.mailbox.update({ where: { id: own.id }, data: { health: 'stopped', healthReason: '535' } })
  expect((await listTestMailboxes(engine.deps)).mailboxes).toMatchObject([
    { id: await oldest(), unusable: null, goesOut: false },
    { id: own.id, unusable: '535', goesOut: true },
  ])
})

it('is limited to 20 an hour for each person, counted in the database', async () => {
  for (let sent = 0; sent < 20; sent++) await send()
  expect(await refusal(send())).toMatchObject({
    code: 'not_ready',
    message: expect.stringMatching(
      /^You have sent 20 test emails within an hour, which is the limit\. Nothing was sent\. Try again in \d+ minutes\.$/,
    ),
  })
  expect(engine.sink.received).toHaveLength(20)
  await sendTest(engine.deps, { template, to: 'me@x.example', by: 'somebody else' })
  expect(engine.sink.received).toHaveLength(21)
  await engine.pool.query("UPDATE test_email_counts SET since_at = since_at - interval '1 hour'")
  await send()
  expect(engine.sink.received).toHaveLength(22)
})
