import { spawn } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bootstrap-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** An npm that fails, and writes down which cache it was told to use and who may look into that. */
const NPM = `#!/usr/bin/env node
const fs = require('node:fs')
const cache = process.env.npm_config_cache
fs.appendFileSync(process.env.SEEN, JSON.stringify(cache ? { cache, mode: fs.statSync(cache).mode & 0o777, files: fs.readdirSync(cache) } : {}) + '\\n')
process.exit(1)
`

it('the second try to install uses a cache that nobody could have made before, and leaves none behind', async () => {
  for (const path of [
    'scripts/bootstrap.mjs',
    'scripts/lib/database/generate-client.mjs',
    'scripts/start.ts',
    'package-lock.json',
  ]) {
    cpSync(path, join(folder, path), { recursive: true })
  }
  const [bin, temporary, seen] = [join(folder, 'bin'), join(folder, 'tmp'), join(folder, 'seen')]
  // What somebody on the same machine can know before.
  const guessable = join(temporary, `leadnexconnect-npm-${process.getuid?.() ?? 0}`)
  mkdirSync(bin)
  mkdirSync(guessable, { recursive: true })
  writeFileSync(join(guessable, 'planted'), 'x')
  writeFileSync(join(bin, 'npm'), NPM)
  chmodSync(join(bin, 'npm'), 0o755)
  const env = {
    PATH: `${bin}:${dirname(process.execPath)}`,
    HOME: folder,
    TMPDIR: temporary,
    SEEN: seen,
    NODE_ENV: 'test' as const,
  }
  const child = spawn(process.execPath, [join(folder, 'scripts/bootstrap.mjs'), 'start'], { env, stdio: 'ignore' })
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(1)
  const [first, second] = readFileSync(seen, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(first).toEqual({})
  expect(second).toMatchObject({ mode: 0o700, files: [] })
  expect(second.cache).toMatch(/leadnexconnect-npm-\w{6}$/)
  expect(second.cache).not.toBe(guessable)
  expect(() => readFileSync(second.cache)).toThrow('ENOENT')
})
