// Node lets its youngest objects pile up to 48 MiB and more before it looks through them, which a process that renders emails or reads
// files fills in no time.
const heap = (youngMiB: number) => [`--max-semi-space-size=${youngMiB}`, '--max-old-space-size=512']

/** A smaller heap for the youngest costs little time and keeps a third of the memory. */
export const SMALL_HEAP = heap(8)

/**
 * A worker makes many objects an email: with twice the room fewer of them grow old, and looking through those took a sixth of its
 * processor. It asks Prisma for little, whose compiler of queries is WebAssembly and need not be made fast: that takes 40 MiB as it starts.
 */
export const WORKER_FLAGS = [...heap(16), '--liftoff-only']

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
