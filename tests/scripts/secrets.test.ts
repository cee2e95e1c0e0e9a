import fs, { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { keepSecrets, loadSecrets, readSecrets } from '../../scripts/lib/app/secrets'

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

it('outlast a power cut: the file is on the disk before its name is, and then the name', () => {
  const order: string[] = []
  const paths = new Map<number, string>()
  const { openSync, fsyncSync, renameSync } = fs
  vi.spyOn(fs, 'openSync').mockImplementation((path, flags, mode) => {
    const file = openSync(path, flags, mode)
    paths.set(file, String(path))
    return file
  })
  vi.spyOn(fs, 'fsyncSync').mockImplementation((file) => {
    order.push(`flush ${paths.get(file)}`)
    fsyncSync(file)
  })
  vi.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    order.push(`rename ${from}`)
    renameSync(from, to)
  })
  loadSecrets(folder)
  const file = join(folder, 'secrets.json.new')
  expect(order).toEqual([`flush ${file}`, `rename ${file}`, `flush ${folder}`])
})

it('keep the keys of before, the latest first', () => {
  const { authSecret, encryptionKey } = loadSecrets(folder)
  const next = { authSecret, encryptionKey: 'ab'.repeat(32), formerEncryptionKeys: [encryptionKey] }
  keepSecrets(folder, next)
  expect(readSecrets(folder)).toEqual(next)
  expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600)
})
