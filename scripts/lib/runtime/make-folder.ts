import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cp, mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { bundle } from '../bundle'
import { Problem } from '../problem'

const STANDALONE = '.next/standalone'

/** What runs there, a file each. */
const PROGRAMS = {
  leadnexconnect: 'scripts/lib/runtime/command.ts',
  web: 'web/main.ts',
  worker: 'worker/main.ts',
  backup: 'scripts/backup.ts',
  restore: 'scripts/restore.ts',
  doctor: 'scripts/doctor.ts',
  installation: 'scripts/installation.ts',
  'owner-reset': 'scripts/owner-reset.ts',
  'rotate-keys': 'scripts/rotate-keys.ts',
}

/** What is taken as it is: from where, and to where. */
const COPIED = [
  // Of what Next has left there no more than this: its own server does without our front door, and it takes .env files along.
  [`${STANDALONE}/node_modules`, 'node_modules'],
  [`${STANDALONE}/.next`, '.next'],
  ['.next/static', '.next/static'],
  ['prisma/schema.prisma', 'prisma/schema.prisma'],
  ['prisma/migrations', 'prisma/migrations'],
  ['sample-data', 'sample-data'],
  ['scripts/lib/app/end-with-parent.mjs', 'end-with-parent.mjs'],
] as const

/** Maps of the build, which the web process never reads, and what it was traced by. */
const LEFT_OUT = /\.(map|nft\.json)$/

/**
 * Makes the folder that a machine or an image runs from, `node leadnexconnect.mjs all`: the build of the web app, the worker, the
 * migrations, and of each package the files that they need. It needs Node and nothing of this checkout, and is never written to.
 * `folder` is empty or not there yet. Throws a Problem otherwise, and without a build.
 */
export async function makeRuntimeFolder(folder: string): Promise<void> {
  if (existsSync(folder) && (await readdir(folder)).length > 0) {
    throw new Problem(`${folder} is not empty. Nothing was changed. Name a folder that is empty, or not there yet.`)
  }
  if (!existsSync(join(STANDALONE, '.next/BUILD_ID'))) throw new Problem('There is no build of the web app to take.')
  await mkdir(folder, { recursive: true })
  for (const [from, to] of COPIED) {
    await cp(from, join(folder, to), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !LEFT_OUT.test(path),
    })
  }
  await rm(join(folder, '.next/cache'), { recursive: true, force: true })
  await bundle(PROGRAMS, folder)
  const { name, version, license } = JSON.parse(readFileSync('package.json', 'utf8'))
  const manifest = { name, version, private: true, license, type: 'module' }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

/** Bytes of all files below a folder. */
export async function sizeOf(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const sizes = files.map(async (file) => (file.isFile() ? (await stat(join(file.parentPath, file.name))).size : 0))
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}
