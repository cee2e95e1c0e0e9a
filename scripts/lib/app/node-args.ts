/**
 * Node lets its youngest objects pile up to 48 MiB and more before it looks through them, which a process that renders
 * emails or reads files fills in no time. A smaller heap for them costs little time and keeps a third of the memory.
 */
export const SMALL_HEAP = ['--max-semi-space-size=8', '--max-old-space-size=512']

/**
 * A worker asks Prisma for little: its compiler of queries, which is WebAssembly, need not be made fast, which takes 40 MiB as the worker
 * starts.
 */
export const WORKER_FLAGS = [...SMALL_HEAP, '--liftoff-only']

/** How a worker is started, everywhere. */
export const WORKER_ARGS = [...WORKER_FLAGS, '--import', 'tsx', 'worker/main.ts']

/** How the web process is started, from its build or, in development, from the sources. */
export const WEB_ARGS = [...SMALL_HEAP, '--import', 'tsx', 'web/main.ts']

/** How Node runs the processes of an app: the words after its name. */
export type AppArgs = { sandbox: readonly string[]; worker: readonly string[]; web: readonly string[] }

/** From their sources. */
export const APP_ARGS: AppArgs = {
  sandbox: ['--import', 'tsx', 'scripts/sandbox-inbox.ts'],
  worker: WORKER_ARGS,
  web: WEB_ARGS,
}

/** Of commands through which all that the database holds passes, as bootstrap.mjs starts them. */
export const STREAMING_ARGS = ['--max-semi-space-size=8', '--optimize-for-size']
