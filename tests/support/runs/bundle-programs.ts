import { rmSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { createShortLivedFolder } from '../database/short-lived-folder'
import { BUNDLES, PROGRAMS } from './programs'

/**
 * Puts each program that tests start often, with all that it imports, into one file for the run: from its sources it reads more than
 * a thousand files and takes two seconds of a processor each time, of which a quarter is left.
 */
export async function bundlePrograms(programs: readonly string[]): Promise<() => void> {
  const folder = createShortLivedFolder()
  const remove = () => rmSync(folder, { recursive: true, force: true })
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  await build({
    entryPoints: [...programs],
    outdir: folder,
    outbase: '.',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    keepNames: true,
    logLevel: 'error',
    // They read files of their own, or ask what is theirs.
    external: ['@prisma/*', 'pg', 'pino', 'pino-pretty', 'next'],
    // For packages in the older format.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
  }).catch((error: unknown) => {
    remove()
    throw error
  })
  process.env[BUNDLES] = folder
  return remove
}

/** Before the first test of Vitest. */
export default (): Promise<() => void> => bundlePrograms(PROGRAMS)
