import { rmSync } from 'node:fs'
import { ensureBuild } from '../../../scripts/lib/app/build'
import { bundlePrograms } from '../../../scripts/lib/app/programs'
import { createOutput } from '../../../scripts/lib/output'
import { createShortLivedFolder } from '../../support/database/short-lived-folder'
import { prepareDatabase } from './prepared-database'

/**
 * Before the first test: the production build, unless there is one of just these sources, and once what every installation would
 * do again: its processes in one file each, what Node has compiled of them, and a migrated database.
 */
export default async function build(): Promise<() => void> {
  await ensureBuild(createOutput())
  await bundlePrograms()
  const compiled = createShortLivedFolder()
  process.env.NODE_COMPILE_CACHE = compiled
  const removeDatabase = await prepareDatabase()
  return () => {
    rmSync(compiled, { recursive: true, force: true })
    removeDatabase()
  }
}
