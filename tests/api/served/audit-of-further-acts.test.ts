import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { sealState } from '@/use-cases/mailboxes/sign-in-state'
import { resetOwner } from '@/use-cases/team/reset-owner'
import { createEngine, type Engine } from '../../support/engine'
import { cookieOf, type HttpApp, OWNER, startHttpApp } from '../../support/servers/http-app'

let engine: Engine
let app: HttpApp
let cookie: string
beforeAll(async () => {
  engine = await createEngine()
  app = await startHttpApp(engine)
  cookie = cookieOf(await app.post('/api/auth/sign-up/email', OWNER))
})
afterAll(async () => {
  await app.close()
  await engine.close()
})
beforeEach(() => engine.db.auditEntry.deleteMany())

const call = async (path: string, input: unknown) =>
  (await app.post(`/api/trpc/${path}`, { json: input }, { cookie })).status
const entries = async () =>
  (await engine.db.auditEntry.findMany({ orderBy: [{ at: 'asc' }, { id: 'asc' }] })).map(
    ({ act, outcome, actorName, subject, subjectId, details }) => ({
      act,
      outcome,
      actorName,
      subject,
      subjectId,
      details,
    }),
  )

it('a status that somebody sets stands in the log, and the address of the lead does not', async () => {
  const { id } = await engine.db.lead.create({ data: { email: 'no@customer.example' } })
  expect(await call('leads.setStatus', { id, status: 'unsubscribed' })).toBe(200)
  const said = { act: 'lead_status_set', actorName: 'Mira', subject: null }
  expect(await entries()).toEqual([{ ...said, outcome: 'done', subjectId: id, details: { status: 'unsubscribed' } }])
})

it('a correction of a message stands in the log, without the reason that somebody typed', async () => {
  const id = randomUUID()
  expect(await call('leads.correctMessage', { id, to: 'reply', why: 'They wrote from no@customer.example' })).toBe(404)
  const said = { act: 'message_corrected', actorName: 'Mira', subject: null }
  expect(await entries()).toEqual([{ ...said, outcome: 'refused', subjectId: id, details: { to: 'reply' } }])
})

it('the end of a sign-in of a mailbox stands in the log, with the mailbox where it is one of ours', async () => {
  const mailbox = await engine.db.mailbox.findFirstOrThrow()
  const session = await engine.db.session.findFirstOrThrow()
  const content = { mailboxId: mailbox.id, provider: 'microsoft', verifier: 'v' } as const
  for (const state of [sealState(engine.deps, session.id, content), 'made up']) {
    const address = `${app.url}/api/oauth/callback?code=c&state=${encodeURIComponent(state)}`
    expect((await fetch(address, { headers: { cookie } })).status).toBe(400)
  }
  const said = { act: 'mailbox_signed_in', outcome: 'refused', actorName: 'Mira', details: {} }
  expect(await entries()).toEqual([
    { ...said, subject: mailbox.fromEmail, subjectId: mailbox.id },
    { ...said, subject: null, subjectId: null },
  ])
})

it('what the terminal does to an owner stands in the log: the link, and the second factor that it ends', async () => {
  const { id, name } = await engine.db.user.update({ where: { email: OWNER.email }, data: { twoFactorEnabled: true } })
  const terminal = { ...engine.deps, appUrl: app.url }
  await resetOwner(terminal, { userId: id, twoFactor: true })
  const said = { outcome: 'done', actorName: 'npm run owner:reset', subject: name, subjectId: id, details: {} }
  expect(await entries()).toEqual([
    { act: 'reset_link_made', ...said },
    { act: 'member_two_factor_off', ...said },
  ])
  await expect(resetOwner(terminal, { userId: id, twoFactor: true })).rejects.toThrow('no second factor')
  expect((await entries()).map(({ act, outcome }) => [act, outcome]).slice(2)).toEqual([
    ['reset_link_made', 'done'],
    ['member_two_factor_off', 'refused'],
  ])
})

it.each([
  [['no@customer.example', 'nor@customer.example'], 404, { kind: 'answer', confirmed: 2 }],
  ['no@customer.example', 400, { kind: 'answer' }],
  [undefined, 404, { kind: 'answer' }],
])(
  'that a reply goes to suppressed people all the same stands in the log, and who they are does not: %j',
  async (confirmed, answer, details) => {
    const [messageId, id] = [randomUUID(), randomUUID()]
    const reply = { id: randomUUID(), messageId, kind: 'answer', to: ['no@customer.example'], text: 'Hello', confirmed }
    expect(await call('replies.send', reply)).toBe(answer)
    expect(await call('replies.retry', { id, confirmed })).toBe(answer)
    const { kind: _, ...retried } = details
    expect(await entries()).toMatchObject([
      { act: 'reply_written', subject: null, subjectId: messageId, details },
      { act: 'reply_retried', subject: null, subjectId: id, details: retried },
    ])
    expect(JSON.stringify(await entries())).not.toContain('customer.example')
  },
)

it.each(['leads.delete', 'leads.setStatus'])(
  'leads are counted in the log, whatever stands in their place: %s',
  async (path) => {
    expect(await call(path, { ids: 'no@customer.example', status: 'invalid' })).toBe(400)
    expect(JSON.stringify(await entries())).not.toContain('customer.example')
  },
)
