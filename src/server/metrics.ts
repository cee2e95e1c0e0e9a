import 'server-only'
import type { Deps } from '@/deps'
import { createFiguresLook } from '@/use-cases/maintenance/read-figures'

// Of the process; routes are bundled apart.
const shared = globalThis as typeof globalThis & { leadnexFigures?: ReturnType<typeof createFiguresLook> }

/** The figures of the installation and the measures of this web process, in the words of Prometheus. */
export async function readMetrics(deps: Deps): Promise<string> {
  shared.leadnexFigures ??= createFiguresLook()
  const texts = await Promise.all([shared.leadnexFigures(deps), deps.measures?.text()])
  return texts.join('')
}
