import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { dropOwnerCode, hasOwner, keepOwnerCode } from '../../scripts/lib/app/owner-code'
import { createEngine } from '../support/engine'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'leadnexconnect-code-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

it('is made once, the same after a restart, and for nobody else to read', () => {
  const code = keepOwnerCode({ dataDir })
  expect(code).toMatch(/^([2-9A-HJKMNP-Z]{4}-){2}[2-9A-HJKMNP-Z]{4}$/)
  expect(keepOwnerCode({ dataDir })).toBe(code)
  expect(statSync(join(dataDir, 'owner-code')).mode & 0o777).toBe(0o600)
})

it('is another one in another installation, and after it was used', () => {
  const code = keepOwnerCode({ dataDir })
  dropOwnerCode(dataDir)
  expect(keepOwnerCode({ dataDir })).not.toBe(code)
})

it('is the one that was given, where one was', () => {
  expect(keepOwnerCode({ dataDir, ownerCode: 'four calm words' })).toBe('four calm words')
})

it('is asked for as long as there is no account', async () => {
  const engine = await createEngine()
  try {
    expect(await hasOwner(engine.url)).toBe(false)
    await engine.db.user.create({ data: { id: 'owner', name: 'Mira', email: 'mira@nexa.example' } })
    expect(await hasOwner(engine.url)).toBe(true)
  } finally {
    await engine.close()
  }
})
