import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { loadSecrets } from '../../scripts/lib/app/secrets'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('are made once, differ between installations, and are for the owner only', () => {
  const secrets = loadSecrets(folder)
  expect(secrets).toEqual({
    authSecret: expect.stringMatching(/^[0-9a-f]{64}$/),
    encryptionKey: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  expect(secrets.authSecret).not.toBe(secrets.encryptionKey)
  expect(loadSecrets(folder)).toEqual(secrets)
  expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600)
})

it.each(['', '{"authSecret":"a', '{"authSecret":"a","encryptionKey":"short"}'])(
  'are never replaced when damaged: %j',
  (text) => {
    writeFileSync(join(folder, 'secrets.json'), text)
    expect(() => loadSecrets(folder)).toThrow('is damaged')
    expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).toBe(text)
  },
)
