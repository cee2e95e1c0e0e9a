/**
 * Node lets its youngest objects pile up to 48 MiB and more before it looks through them, which a process that renders
 * emails or reads files fills in no time. A smaller heap for them costs little time and keeps a third of the memory.
 */
export const SMALL_HEAP = ['--max-semi-space-size=8', '--max-old-space-size=512']

/**
 * A worker asks Prisma for little: its compiler of queries, which is WebAssembly, need not be made fast, which takes 40 MiB as the worker
 * starts.
 */
export const WORKER_FLAGS = ['--max-semi-space-size=16', '--max-old-space-size=512', '--liftoff-only']

/** Where the programs of an app are bundled: see `programs.ts`. */
export const PROGRAM_FOLDER = '.programs'

/** How Node runs the processes of an app: the words after its name. */
export type AppArgs = { sandbox: readonly string[]; worker: readonly string[]; web: readonly string[] }

/** As they were bundled. */
export const BUNDLED: AppArgs = {
  sandbox: [`${PROGRAM_FOLDER}/sandbox.mjs`],
  worker: [...WORKER_FLAGS, `${PROGRAM_FOLDER}/worker.mjs`],
  web: [...SMALL_HEAP, `${PROGRAM_FOLDER}/web.mjs`],
}

/** From their sources, for development. */
export const FROM_SOURCES: AppArgs = {
  sandbox: ['--import', 'tsx', 'scripts/sandbox-inbox.ts'],
  worker: [...WORKER_FLAGS, '--import', 'tsx', 'worker/main.ts'],
  web: [...SMALL_HEAP, '--import', 'tsx', 'web/main.ts'],
}

/** Of commands through which all that the database holds passes, as bootstrap.mjs starts them. */
export const STREAMING_ARGS = ['--max-semi-space-size=8', '--optimize-for-size']
