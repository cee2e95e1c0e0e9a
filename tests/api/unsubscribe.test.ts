import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decrypt, encrypt, readUnsubscribeToken, unsubscribeToken } from '@/lib/encryption'
import { getUnsubscribe, unsubscribe } from '@/use-cases/suppression/unsubscribe'
import { createEngine, type Engine, readLedger, startOutreach } from '../support/engine'

const KEY = '0123456789abcdef'.repeat(4)

describe('unsubscribing', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await createEngine()
  })
  afterAll(() => engine.close())

  it('is offered in header and body of every campaign email, with the postal address', async () => {
    await startOutreach(engine, { leads: 1, days: [0] })
    await engine.work()
    const raw = (engine.sink.received.at(-1)?.raw ?? '').replace(/\r\n[ \t]+/g, ' ').replace(/=\r\n/g, '')
    expect(raw).toMatch(/^List-Unsubscribe: <http:\/\/localhost:3000\/api\/unsubscribe\/[\w-]{44}>\r$/m)
    expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m)
    expect(raw).toMatch(/Unsubscribe: http:\/\/localhost:3000\/u\/[\w-]{44}/)
    expect(raw).toContain('Main Street 1, 10115 Berlin')
  })

  it('looking changes nothing; doing it suppresses the address and skips what was planned, also twice', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 2 })
    const [email] = await engine.db.scheduledEmail.findMany({ where: { leadId: leads[0]?.id } })
    const token = unsubscribeToken(KEY, email?.id ?? '')
    expect(await getUnsubscribe(engine.deps, { token })).toEqual({
      email: leads[0]?.email,
      done: false,
    })
    expect(await readLedger(engine, id)).toMatchObject({ pending: 6 })
    expect(await unsubscribe(engine.deps, { token })).toBe(true)
    expect(await unsubscribe(engine.deps, { token })).toBe(true)
    expect(await readLedger(engine, id)).toMatchObject({ pending: 3, skipped: 3 })
    const skipped = await engine.db.scheduledEmail.findMany({ where: { campaignId: id, status: 'skipped' } })
    expect(skipped.map(({ failureReason }) => failureReason)).toEqual(Array(3).fill('lead_unsubscribed'))
    expect(await engine.db.suppression.count({ where: { value: leads[0]?.email } })).toBe(1)
    expect(await engine.db.lead.findUnique({ where: { id: leads[0]?.id } })).toMatchObject({ status: 'unsubscribed' })
  })

  const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

  it('takes no token that this installation did not sign', async () => {
    const id = '0192f0c1-2d3e-7abc-8def-0123456789ab'
    const token = unsubscribeToken(KEY, id)
    expect(readUnsubscribeToken(KEY, token)).toBe(id)
    expect(readUnsubscribeToken('f'.repeat(64), token)).toBeNull()
    for (let i = 0; i < token.length; i++) {
      for (const letter of ['A', 'B', 'C', 'D', '_'].filter((one) => one !== token[i])) {
        expect(readUnsubscribeToken(KEY, `${token.slice(0, i)}${letter}${token.slice(i + 1)}`)).toBeNull()
      }
    }
    // The last letters of both halves, with the bits that decoding drops set otherwise.
    for (const at of [21, 43]) {
      const place = LETTERS.indexOf(token[at] ?? '')
      for (const bits of [1, 2, 3]) {
        expect(readUnsubscribeToken(KEY, token.slice(0, at) + LETTERS[place ^ bits] + token.slice(at + 1))).toBeNull()
      }
    }
    expect(await unsubscribe(engine.deps, { token: 'x'.repeat(44) })).toBe(false)
  })
})

describe('stored secrets', () => {
  it('open only at their own place and with their own key', () => {
    const sealed = encrypt(KEY, 'hunter2', 'mailboxes/1/smtp_password')
    expect(sealed).not.toContain('hunter2')
    expect(encrypt(KEY, 'hunter2', 'mailboxes/1/smtp_password')).not.toBe(sealed)
    expect(decrypt(KEY, sealed, 'mailboxes/1/smtp_password')).toBe('hunter2')
    expect(() => decrypt(KEY, sealed, 'mailboxes/2/smtp_password')).toThrow()
    expect(() => decrypt('f'.repeat(64), sealed, 'mailboxes/1/smtp_password')).toThrow()
  })
})
