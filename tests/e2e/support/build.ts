import { join } from 'node:path'
import { ensureBuild } from '../../../scripts/lib/app/build'
import { createOutput } from '../../../scripts/lib/output'
import { bundlePrograms } from '../../support/runs/bundle-programs'
import { APP_PROGRAMS, BUNDLES } from '../../support/runs/programs'
import { prepareDatabase } from './prepared-database'

/**
 * Before the first test: the production build, unless there is one of just these sources, and once what every installation would
 * do again: its processes in one file each, what Node has compiled of them, and a migrated database.
 */
export default async function build(): Promise<() => void> {
  await ensureBuild(createOutput())
  const removePrograms = await bundlePrograms(APP_PROGRAMS)
  process.env.NODE_COMPILE_CACHE = join(process.env[BUNDLES] ?? '', 'compiled')
  const removeDatabase = await prepareDatabase()
  return () => {
    removePrograms()
    removeDatabase()
  }
}
