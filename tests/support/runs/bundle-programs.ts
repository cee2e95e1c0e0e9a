import { rmSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { bundle } from '../../../scripts/lib/bundle'
import { createShortLivedFolder } from '../database/short-lived-folder'
import { BUNDLES, PROGRAMS } from './programs'

/**
 * Before the first test of Vitest: puts each program that tests start often, with all that it imports, into one file for the run. From its
 * sources it reads more than a thousand files and takes two seconds of a processor each time, of which a quarter is left.
 */
export default async function bundleForTests(): Promise<() => void> {
  const folder = createShortLivedFolder()
  const remove = () => rmSync(folder, { recursive: true, force: true })
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  const named = Object.fromEntries(PROGRAMS.map((path) => [path.replace(/\.ts$/, ''), path]))
  await bundle(named, folder).catch((error: unknown) => {
    remove()
    throw error
  })
  process.env[BUNDLES] = folder
  return remove
}
