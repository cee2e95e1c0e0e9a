import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { ImapFailure } from '@/mail/imap/opened-mailbox'
import { completeSignIn } from '@/use-cases/mailboxes/complete-sign-in'
import { listMailboxes } from '@/use-cases/mailboxes/list-mailboxes'
import { openForReading } from '@/use-cases/mailboxes/open-account'
import { updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { saveOauthClient } from '@/use-cases/mailboxes/save-oauth-client'
import { startSignIn } from '@/use-cases/mailboxes/start-sign-in'
import { testMailbox } from '@/use-cases/mailboxes/test-mailbox'
import { createMailboxInMemory } from '../../support/conversation/mailbox-in-memory'
import { createEngine, type Engine, readLedger, startOutreach } from '../../support/engine'
import { OauthServer } from '../../support/sign-in/oauth-server'
import { startTokenSmtp } from '../../support/sign-in/token-smtp'

const ADDRESS = 'sam@nexa.example'

/** What a mailbox does whose sign-in is refused, and after that was repaired. */
describe('a refused sign-in', () => {
  let engine: Engine
  let campaignId: string
  let mailboxId: string
  let password: string
  beforeEach(async () => {
    password = 'right'
    engine = await createEngine({ password: () => password })
    ;({ id: mailboxId } = await engine.db.mailbox.findFirstOrThrow())
    ;({ id: campaignId } = await startOutreach(engine, { leads: 2, days: [0] }))
  })
  afterEach(() => engine.close())

  const save = (change: Partial<z.input<typeof mailboxInput>>) =>
    updateMailbox(engine.deps, {
      mailboxId,
      mailbox: mailboxInput.parse({
        name: 'Sam',
        fromName: 'Sam',
        fromEmail: ADDRESS,
        smtpHost: '127.0.0.1',
        smtpPort: engine.sink.port,
        smtpSecurity: 'none',
        smtpUser: 'sam',
        maxConnections: 1,
        ...change,
      }),
    })
  const mailbox = () => engine.db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } })
  const sent = async () => (await readLedger(engine, campaignId)).sent
  const smtpCheck = async () =>
    (await listMailboxes(engine.deps)).find(({ id }) => id === mailboxId)?.checks.find(({ name }) => name === 'smtp')
  // Nobody waits for an email that never comes.
  const waits = { arrival: 20, filing: 20, between: 10 }
  const test = () => testMailbox(engine.deps, { mailboxId, open: createMailboxInMemory().open, waits })

  it('is shown among the checks, and sending goes on once a test signs in, without another save', async () => {
    await save({ smtpPassword: 'right' })
    password = 'withdrawn by the provider'
    await engine.work()
    const { health, healthReason } = await mailbox()
    expect(health).toBe('stopped')
    expect(await smtpCheck()).toMatchObject({ outcome: 'wrong', message: healthReason })
    await test()
    expect(await mailbox()).toMatchObject({ health: 'stopped', healthReason })
    password = 'right'
    await test()
    expect(await mailbox()).toMatchObject({ health: 'ready', healthReason: null, troubleCount: 0 })
    await engine.work()
    expect(await sent()).toBe(2)
  })

  it('is not taken for the reason of a mailbox that stopped for another one', async () => {
    await save({ smtpPassword: 'right' })
    const stopped = { health: 'stopped', healthReason: '550 5.7.1 This sender is blocked' } as const
    await engine.db.mailbox.update({ where: { id: mailboxId }, data: stopped })
    await test()
    expect(await mailbox()).toMatchObject(stopped)
    const check = { mailboxId, name: 'smtp', outcome: 'wrong', message: 'Another one.', checkedAt: new Date() } as const
    await engine.db.mailboxCheck.deleteMany()
    await engine.db.mailboxCheck.create({ data: check })
    await test()
    expect(await mailbox()).toMatchObject(stopped)
  })

  describe('of a token', () => {
    let provider: OauthServer
    let smtp: Awaited<ReturnType<typeof startTokenSmtp>>
    beforeEach(async () => {
      provider = await OauthServer.start()
      smtp = await startTokenSmtp(provider)
      await save({ smtpPort: smtp.port, smtpUser: null, reader: { imapHost: 'imap.nexa.example' } })
      const client = { provider: 'microsoft', clientId: 'client', secret: 'secret-of-the-client' } as const
      await saveOauthClient(engine.deps, { ...client, authority: provider.address })
      const { url } = await startSignIn(engine.deps, { mailboxId, provider: 'microsoft', sessionId: 's' })
      const answer = await fetch(url, { redirect: 'manual' })
      await completeSignIn(engine.deps, { url: new URL(answer.headers.get('location') ?? ''), sessionId: 's' })
    })
    afterEach(async () => {
      await smtp.close()
      await provider.close()
    })
    const anHourAgo = () =>
      engine.db.mailboxSignIn.update({ where: { mailboxId }, data: { updatedAt: new Date(Date.now() - 3_600_000) } })

    it('that ended before its time gets a new one, and sending goes on by itself', async () => {
      await anHourAgo()
      provider.endAccess()
      await engine.work()
      expect(await mailbox()).toMatchObject({
        health: 'cooling_down',
        healthReason: `127.0.0.1:${smtp.port} refused the token before its end. A new one is fetched.`,
      })
      engine.clock.advance(3_600_000)
      await engine.work()
      expect(await sent()).toBe(2)
      expect(provider.refreshes).toBe(1)
      expect(smtp.logins).toEqual([`${ADDRESS} refused`, `${ADDRESS} let in`])
      expect(await mailbox()).toMatchObject({ health: 'ready', healthReason: null })
    })

    it('that is new stops the mailbox after one more attempt, and a test lets it go on after the repair', async () => {
      await anHourAgo()
      smtp.settings.isOff = true
      for (let hour = 0; hour < 4; hour++) {
        await engine.work()
        engine.clock.advance(3_600_000)
      }
      expect(smtp.logins).toHaveLength(2)
      const { health, healthReason } = await mailbox()
      expect(health).toBe('stopped')
      expect(healthReason).toContain('Have it allowed at the provider, then test the connection.')
      smtp.settings.isOff = false
      await test()
      await engine.work()
      expect(await sent()).toBe(2)
    })

    it('to read gets a new one once, too, and is then the mailbox’s fault', async () => {
      const refuse = async () => {
        throw new ImapFailure('provider', 'The server refused the token.', 'AUTHENTICATE failed.')
      }
      const reader = await engine.db.mailboxReader.findUniqueOrThrow({ where: { mailboxId } })
      const read = async () =>
        openForReading(engine.deps, await mailbox(), reader, refuse).catch(({ kind }: ImapFailure) => kind)
      await anHourAgo()
      expect(await read()).toBe('passing')
      expect(await read()).toBe('provider')
      expect(provider.refreshes).toBe(1)
    })
  })
})
