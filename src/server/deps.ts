import 'server-only'
import { buildDeps } from '@/build-deps'
import type { Deps } from '@/deps'

// Instrumentation and routes are bundled apart; the process is what they share.
const shared = globalThis as typeof globalThis & { leadnexDeps?: Deps }

const CLEAR_EVERY_MS = 30 * 60_000

/** Builds the web process's dependencies once, at its start. */
export async function openDeps(): Promise<void> {
  if (shared.leadnexDeps) return
  const { deps } = await buildDeps({ role: 'web' })
  shared.leadnexDeps = deps
  // Files that nobody imported go when their time is over, also where nobody sends another.
  const clearUploads = () =>
    deps.uploads
      .clear(deps.clock.realNow())
      .catch((error: unknown) => deps.log.error({ err: error }, 'uploads were not cleared'))
  await clearUploads()
  setInterval(() => void clearUploads(), CLEAR_EVERY_MS).unref()
}

/** The web process's dependencies. */
export function getDeps(): Deps {
  if (!shared.leadnexDeps) throw new Error('The server has not finished starting')
  return shared.leadnexDeps
}
