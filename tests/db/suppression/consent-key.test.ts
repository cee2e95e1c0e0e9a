import { createHmac, hkdfSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressHash, deriveConsentKey, encrypt, unsubscribeToken } from '@/lib/encryption'
import { createLead } from '@/use-cases/leads/create-lead'
import { loadConsentKey } from '@/use-cases/suppression/load-consent-key'
import { recordAddressHashes } from '@/use-cases/suppression/record-address-hashes'
import { BY, createEngine, type Engine } from '../../support/engine'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

const hashOf = (email: string) => addressHash(engine.deps.config.consentKey, email)

describe('the consent key', () => {
  it('is made at the first start, opens the links of before it, and stays the same at every later start', async () => {
    const { sql, clock } = engine.deps
    const encryptionKey = 'a1'.repeat(32)
    const first = await loadConsentKey(sql, encryptionKey, clock.now())
    expect(first).toBe(deriveConsentKey(encryptionKey))
    // The way every link was signed until then.
    const id = '0192f0c1-2d3e-7abc-8def-0123456789ab'
    const former = createHmac(
      'sha256',
      Buffer.from(hkdfSync('sha256', Buffer.from(encryptionKey, 'hex'), '', 'unsubscribe', 32)),
    )
    const signature = former.update(id).digest().subarray(0, 16).toString('base64url')
    expect(unsubscribeToken(first, id).slice(22)).toBe(signature)
    expect(await loadConsentKey(sql, encryptionKey, clock.now())).toBe(first)
  })

  it('stays when the encryption key changes and it is sealed anew; with a key that did not seal it nothing starts', async () => {
    const { sql, clock } = engine.deps
    const before = await loadConsentKey(sql, 'a1'.repeat(32), clock.now())
    const other = 'b2'.repeat(32)
    await expect(loadConsentKey(sql, other, clock.now())).rejects.toThrow('ENCRYPTION_KEY is not the one')
    await engine.db.sealedKey.update({
      where: { name: 'consent' },
      data: { sealed: encrypt(other, before, 'sealed_keys/consent/sealed') },
    })
    expect(await loadConsentKey(sql, other, clock.now())).toBe(before)
    const stored = await engine.db.sealedKey.findMany()
    expect(stored).toHaveLength(1)
    expect(JSON.stringify(stored)).not.toContain(before)
  })
})

describe('keyed hashes of addresses', () => {
  it('are written with every lead and entry, and for those that have none', async () => {
    const { id } = await createLead(engine.deps, { email: 'Hash@One.example', by: BY })
    expect(await engine.db.lead.findUnique({ where: { id } })).toMatchObject({ emailHash: hashOf('hash@one.example') })
    await engine.pool.query("UPDATE leads SET email = 'hash@two.example' WHERE id = $1", [id])
    expect(await engine.db.lead.findUnique({ where: { id } })).toMatchObject({ emailHash: null })
    await engine.db.suppression.create({
      data: { kind: 'address', value: 'plain@one.example', reason: 'manual', source: 'manual' },
    })
    await recordAddressHashes(engine.deps)
    expect(await engine.db.lead.findUnique({ where: { id } })).toMatchObject({ emailHash: hashOf('hash@two.example') })
    expect(await engine.db.lead.count({ where: { emailHash: null } })).toBe(0)
    expect(await engine.db.suppression.findFirst({ where: { value: 'plain@one.example' } })).toMatchObject({
      valueHash: hashOf('plain@one.example'),
    })
  })

  it('tell nothing without the key, and everything alike whatever the spelling', () => {
    expect(addressHash('c'.repeat(64), 'ada@x.example')).not.toBe(addressHash('d'.repeat(64), 'ada@x.example'))
    expect(addressHash('c'.repeat(64), ' Ada@X.example ')).toBe(addressHash('c'.repeat(64), 'ada@x.example'))
  })
})
