import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type SupervisedProcess, superviseProcess } from '../../scripts/lib/app/supervised-process'
import { isAlive, waitForEnd } from '../../scripts/lib/processes'

let folder: string
let supervised: SupervisedProcess | undefined
let said: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supervised-'))
  said = []
})
afterEach(async () => {
  await supervised?.stop()
  rmSync(folder, { recursive: true })
})

/** Supervises a process that runs `source`, and collects the lines of both. */
function supervise(source: string, stopWithinMs = 5_000): SupervisedProcess {
  const file = join(folder, 'program.mjs')
  writeFileSync(file, source)
  const line = (_name: string, text: string) => said.push(...text.trim().split('\n'))
  const output = { line, stream: (name: string) => (chunk: Buffer | string) => line(name, chunk.toString()) }
  supervised = superviseProcess({ name: 'sample', args: [file], env: process.env, stopWithinMs }, output)
  return supervised
}
const pids = () => said.filter((line) => /^\d+$/.test(line)).map(Number)
const untilPids = (n: number) => vi.waitFor(() => expect(pids()).toHaveLength(n), { timeout: 150_000, interval: 50 })
const SAY_PID_AND_STAY = 'console.log(process.pid); setInterval(() => {}, 1000);'

it('starts again what ends unasked, after a second, and says so', async () => {
  supervise(SAY_PID_AND_STAY).markStarted()
  await untilPids(1)
  process.kill(pids()[0] as number, 'SIGKILL')
  await untilPids(2)
  expect(said).toContain('ended unexpectedly (SIGKILL); starting it again in 1 s')
})

it('fails the start when the process ends before it is marked as started', async () => {
  await expect(supervise('process.exit(3)').endedEarly).rejects.toThrow('sample process ended while starting (code 3)')
})

it('lets the process end in order, and does not start it again', async () => {
  const one = supervise(
    `${SAY_PID_AND_STAY} process.on('SIGTERM', () => { console.log('tidied up'); process.exit(0) })`,
  )
  one.markStarted()
  await untilPids(1)
  await one.stop()
  expect(said).toContain('tidied up')
  expect(isAlive(pids()[0] as number)).toBe(false)
})

it('ends a process that does not stop in time, together with what it started', async () => {
  const stubborn = `import { spawn } from 'node:child_process'
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    console.log(child.pid); process.on('SIGTERM', () => {}); ${SAY_PID_AND_STAY}`
  const one = supervise(stubborn, 300)
  one.markStarted()
  await untilPids(2)
  await one.stop()
  expect(said).toContain('did not stop in 0.3 s; ending it')
  for (const pid of pids()) expect(await waitForEnd(pid, 150_000)).toBe(true)
})
