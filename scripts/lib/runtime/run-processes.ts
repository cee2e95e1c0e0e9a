import { type ChildProcess, spawn } from 'node:child_process'

export type Program = { args: readonly string[]; env?: Record<string, string> }

// Beside the programs themselves.
const END_WITH_PARENT = './end-with-parent.mjs'

/**
 * Runs Node programs side by side until one ends, by itself or because `stop` was aborted; then the others are asked to stop, in
 * order, and waited for. Answers the code to end with: 0 when it was asked to stop, else that of the first that ended, which is
 * never 0. Whoever runs this starts it again.
 */
export async function runProcesses(
  programs: readonly Program[],
  { env, stop }: { env: NodeJS.ProcessEnv; stop: AbortSignal },
): Promise<number> {
  if (stop.aborted) return 0
  const children = programs.map(({ args, env: own }) =>
    spawn(process.execPath, ['--import', END_WITH_PARENT, ...args], {
      env: { ...env, ...own, SUPERVISOR_PID: String(process.pid) },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // A process group of its own: what a terminal sends reaches this process, which passes it on once.
      detached: true,
    }),
  )
  const ends = children.map(endOf)
  const end = () => {
    for (const child of children) child.kill('SIGTERM')
  }
  stop.addEventListener('abort', end)
  const first = await Promise.race(ends)
  const asked = stop.aborted
  end()
  await Promise.all(ends)
  return asked ? 0 : first || 1
}

function endOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message)
      resolve(1)
    })
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
