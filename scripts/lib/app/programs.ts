import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bundle } from '../bundle'
import { PROGRAM_FOLDER } from './node-args'

/** Sources of what `npm start` and `npm run worker` run, by the names of their files in the folder of programs. */
const PROGRAMS = {
  sandbox: 'scripts/sandbox-inbox.ts',
  worker: 'worker/main.ts',
  web: 'web/main.ts',
}

/**
 * Puts each program, with all that it imports, into one file of this checkout: run from its sources it reads more than a thousand, and
 * keeps 30 MiB of what they were made of. It takes a second and is done at each start. A file is put in place whole, so that another
 * start at the same moment finds one or the other; what runs has read its own.
 */
export async function bundlePrograms(): Promise<void> {
  const made = `${PROGRAM_FOLDER}-${process.pid}`
  try {
    await bundle(PROGRAMS, made)
    mkdirSync(PROGRAM_FOLDER, { recursive: true })
    for (const file of readdirSync(made)) renameSync(join(made, file), join(PROGRAM_FOLDER, file))
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
}
