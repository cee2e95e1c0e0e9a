import { setTimeout as sleep } from 'node:timers/promises'
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node'
import { commandOf, signal } from '../../../scripts/lib/processes'
import { childrenOf } from '../processes-of'

// Where processes of tests can be asked what they are at, even while they do not come back.
const INSPECTOR = '--inspect-port='

// Three times what the longest file takes on a busy machine. Each test has its own bound, but one that never gives its process back
// (a loop, a program that is waited for) is beyond its reach, and so would be the end of the run.
const PATIENCE_MS = 10 * 60_000
const TIME_TO_ANSWER_MS = 5_000

/**
 * Ends a file of tests that does not end by itself: says which it is, at which test, and where in the code its process is, and ends
 * the processes of tests, so that the run goes on to its end, as one that failed.
 */
export default class StuckFiles implements Reporter {
  readonly #patience: number
  readonly #timers = new Map<string, NodeJS.Timeout>()
  readonly #tests = new Map<string, string>()
  #inspector = ''

  constructor(options: { patienceMs?: number }) {
    this.#patience = options.patienceMs ?? PATIENCE_MS
  }

  onInit({ projects }: Vitest): void {
    this.#inspector = projects[0]?.config.execArgv.find((word) => word.startsWith(INSPECTOR)) ?? ''
  }

  onTestModuleQueued({ moduleId }: TestModule): void {
    this.#timers.set(
      moduleId,
      setTimeout(() => void this.#end(moduleId), this.#patience),
    )
  }

  onTestCaseReady({ module, fullName }: TestCase): void {
    this.#tests.set(module.moduleId, fullName)
  }

  onTestModuleEnd({ moduleId }: TestModule): void {
    clearTimeout(this.#timers.get(moduleId))
    this.#timers.delete(moduleId)
    this.#tests.delete(moduleId)
  }

  onTestRunEnd(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer)
  }

  async #end(moduleId: string): Promise<void> {
    const seconds = this.#patience / 1_000
    console.error(
      `\n${moduleId} has not ended within ${seconds} seconds. Its last test: ${this.#tests.get(moduleId) ?? 'none begun'}`,
    )
    for (const pid of this.#testProcesses()) {
      const place = await Promise.race([
        placeOf(pid, this.#inspector.slice(INSPECTOR.length)),
        sleep(TIME_TO_ANSWER_MS, 'says nothing'),
      ])
      console.error(`process ${pid}: ${place}`)
      // One after the other: only one process can listen at the port.
      signal(pid, 'SIGKILL')
    }
  }

  /** None where they cannot be asked: the signal would end any other process. */
  #testProcesses(): number[] {
    return childrenOf(process.pid).filter((pid) => this.#inspector && commandOf(pid).includes(this.#inspector))
  }
}

type Heard = {
  method?: string
  params: {
    scriptId: string
    url: string
    callFrames: { functionName: string; location: { scriptId: string; lineNumber: number } }[]
  }
}

/** Where in the code a process is, by Node's inspector, which it opens at this signal whatever it does. */
async function placeOf(pid: number, host: string): Promise<string> {
  signal(pid, 'SIGUSR1')
  const socket = new WebSocket(await inspectorAddress(host))
  return new Promise((resolve) => {
    socket.onerror = () => resolve('does not answer')
    socket.onopen = () => {
      for (const [id, method] of ['Debugger.enable', 'Debugger.pause'].entries())
        socket.send(JSON.stringify({ id, method }))
    }
    const scripts = new Map<string, string>()
    socket.onmessage = ({ data }) => {
      const { method, params } = JSON.parse(String(data)) as Heard
      if (method === 'Debugger.scriptParsed') scripts.set(params.scriptId, params.url)
      if (method !== 'Debugger.paused') return
      const lines = params.callFrames.map(
        ({ functionName, location: { scriptId, lineNumber } }) =>
          `  at ${functionName || '(anonymous)'} ${scripts.get(scriptId)}:${lineNumber + 1}`,
      )
      resolve(['is at', ...lines].join('\n'))
    }
  })
}

async function inspectorAddress(host: string): Promise<string> {
  for (;;) {
    try {
      const [target] = (await (await fetch(`http://${host}/json/list`)).json()) as [{ webSocketDebuggerUrl: string }]
      return target.webSocketDebuggerUrl
    } catch {
      await sleep(50)
    }
  }
}
