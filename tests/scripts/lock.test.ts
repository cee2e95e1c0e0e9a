import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { runningHolder, takeLock } from '../../scripts/lib/app/lock'
import { startOf } from '../../scripts/lib/processes'

let folder: string
const said: string[] = []
const log = (line: string) => said.push(line)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'))
  said.length = 0
})
afterEach(() => rmSync(folder, { recursive: true }))

const leave = (holder: object) => writeFileSync(join(folder, 'lock'), JSON.stringify(holder))

it('is held until it is released', () => {
  const lock = takeLock(folder, log)
  lock.update({ url: 'http://localhost:1' })
  expect(runningHolder(folder)).toMatchObject({ pid: process.pid, url: 'http://localhost:1' })
  lock.release()
  expect(existsSync(join(folder, 'lock'))).toBe(false)
})

it('refuses a second start, naming the process that runs', () => {
  leave({ pid: process.ppid, started: startOf(process.ppid), url: 'http://localhost:7' })
  expect(() => takeLock(folder, log)).toThrow(`already running (pid ${process.ppid}, http://localhost:7)`)
  expect(JSON.parse(readFileSync(join(folder, 'lock'), 'utf8')).pid).toBe(process.ppid)
})

it('is taken over, and said so, when its process is gone', () => {
  leave({ pid: 2 ** 22 + 1, started: '1' })
  takeLock(folder, log)
  expect(said).toEqual([`taking over a stale lock (pid ${2 ** 22 + 1} is gone)`])
  expect(runningHolder(folder)?.pid).toBe(process.pid)
})

it('is taken over when its number belongs to another process by now', () => {
  leave({ pid: process.ppid, started: 'before the machine was started again' })
  takeLock(folder, log)
  expect(runningHolder(folder)?.pid).toBe(process.pid)
})

it('is taken over when a full disk left half a file', () => {
  writeFileSync(join(folder, 'lock'), '{"pid":12')
  takeLock(folder, log)
  expect(said).toEqual(['taking over a stale lock'])
})
