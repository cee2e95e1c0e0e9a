import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Output } from '../output'
import { Problem } from '../problem'
import { signal } from '../processes'

export type ProcessPlan = {
  name: string
  /** Arguments for Node: flags, file, its own arguments. */
  args: string[]
  env: NodeJS.ProcessEnv
  /** How long it may take to stop by itself before it is killed. */
  stopWithinMs: number
}

export type SupervisedProcess = {
  /** Makes an unexpected end lead to a restart from now on; before, it fails the start. */
  markStarted(): void
  /** Rejects with a Problem when the process ends before `markStarted`. */
  endedEarly: Promise<never>
  stop(): Promise<void>
  /** Ends it at once; what it was doing is lost. */
  kill(): void
}

const END_WITH_PARENT = new URL('./end-with-parent.mjs', import.meta.url).href
const FIRST_DELAY_MS = 1_000
const LONGEST_DELAY_MS = 30_000
const STEADY_MS = 60_000

/**
 * Runs a Node process in a process group of its own (Ctrl-C reaches only the supervisor) and starts it again when it
 * ends unasked: after 1 s, then 2, 4 ... up to 30 s, from the beginning after a minute of steady work.
 */
export function superviseProcess(plan: ProcessPlan, output: Output): SupervisedProcess {
  let stopping = false
  let started = false
  let delay = FIRST_DELAY_MS
  let current: { child: ChildProcess; ended: Promise<void> } | undefined
  let failEarly: (problem: Problem) => void = () => undefined
  const endedEarly = new Promise<never>((_, reject) => {
    failEarly = reject
  })
  endedEarly.catch(() => undefined)
  const wake = new AbortController()

  const start = () => {
    const startedAt = Date.now()
    const child = spawn(process.execPath, ['--import', END_WITH_PARENT, ...plan.args], {
      env: { ...plan.env, SUPERVISOR_PID: String(process.pid) },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    })
    child.stdout?.on('data', output.stream(plan.name))
    child.stderr?.on('data', output.stream(plan.name))
    const ended = new Promise<void>((resolve) => {
      child.once('error', (error) => {
        output.line(plan.name, error.message)
        resolve()
      })
      child.once('exit', (code, by) => {
        // Whatever it started itself goes with it.
        killGroup(child, 'SIGKILL')
        resolve()
        if (!stopping) void restart(by ?? `code ${code}`, Date.now() - startedAt)
      })
    })
    current = { child, ended }
  }

  const restart = async (how: string, ranMs: number) => {
    if (!started) {
      failEarly(new Problem(`The ${plan.name} process ended while starting (${how}); its last lines above say why.`))
      return
    }
    if (ranMs > STEADY_MS) delay = FIRST_DELAY_MS
    output.line(plan.name, `ended unexpectedly (${how}); starting it again in ${delay / 1000} s`)
    await sleep(delay, undefined, { signal: wake.signal }).catch(() => undefined)
    delay = Math.min(delay * 2, LONGEST_DELAY_MS)
    if (!stopping) start()
  }

  start()
  return {
    markStarted: () => {
      started = true
    },
    endedEarly,
    kill: () => current && killGroup(current.child, 'SIGKILL'),
    stop: async () => {
      stopping = true
      wake.abort()
      if (!current) return
      const { child, ended } = current
      // The leader alone: it stops in order and takes its own children along.
      if (child.exitCode === null && child.signalCode === null && child.pid) signal(child.pid, 'SIGTERM')
      const late = setTimeout(() => {
        output.line(plan.name, `did not stop in ${plan.stopWithinMs / 1000} s; ending it`)
        killGroup(child, 'SIGKILL')
      }, plan.stopWithinMs)
      await ended
      clearTimeout(late)
    },
  }
}

function killGroup(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid) signal(-child.pid, name)
}
