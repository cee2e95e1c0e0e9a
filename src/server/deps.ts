import 'server-only'
import { buildDeps } from '@/build-deps'
import type { Deps } from '@/deps'

// Instrumentation and routes are bundled apart; the process is what they share.
const shared = globalThis as typeof globalThis & { leadnexDeps?: Deps }

/** Builds the web process's dependencies once, at its start. */
export async function openDeps(): Promise<void> {
  if (shared.leadnexDeps) return
  const { deps } = await buildDeps({ role: 'web' })
  shared.leadnexDeps = deps
}

/** The web process's dependencies. */
export function getDeps(): Deps {
  if (!shared.leadnexDeps) throw new Error('The server has not finished starting')
  return shared.leadnexDeps
}
