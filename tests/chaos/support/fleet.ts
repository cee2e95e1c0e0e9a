import { launchWorker, type WorkerOptions, type WorkerProcess } from '../../support/worker-process'

export type Fleet = {
  /** Starts a worker, now or in place of one that is gone. */
  launch(options?: WorkerOptions): WorkerProcess
  /** Starts so many and waits until all are ready. */
  launchAll(count: number, options?: (index: number) => WorkerOptions): Promise<WorkerProcess[]>
  /** Those that run and are ready. */
  ready(): WorkerProcess[]
  /** Number of workers that ended unstopped. */
  crashed(): number
  /** kill -9; resolves when the process is gone. */
  kill(worker: WorkerProcess): Promise<void>
  killAll(): Promise<void>
}

/** The worker processes of a run. */
export function createFleet(url: string, sink: { port: number }, env: Record<string, string>): Fleet {
  const alive = new Set<WorkerProcess>()
  const ready = new Set<WorkerProcess>()
  let crashed = 0
  const launch = (options: WorkerOptions = {}): WorkerProcess => {
    const worker = launchWorker(url, sink, { ...options, env: { ...env, ...options.env } })
    alive.add(worker)
    worker.ready.then(
      () => alive.has(worker) && ready.add(worker),
      () => undefined,
    )
    void worker.ended.then(() => {
      if (alive.has(worker)) crashed++
      forget(worker)
    })
    return worker
  }
  const forget = (worker: WorkerProcess) => {
    alive.delete(worker)
    ready.delete(worker)
  }
  const kill = async (worker: WorkerProcess) => {
    forget(worker)
    await worker.kill()
  }
  return {
    launch,
    launchAll: async (count, options) => {
      const workers = Array.from({ length: count }, (_, index) => launch(options?.(index)))
      await Promise.all(workers.map((worker) => worker.ready))
      return workers
    },
    ready: () => [...ready],
    crashed: () => crashed,
    kill,
    killAll: async () => {
      await Promise.all([...alive].map(kill))
    },
  }
}
