import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from './problem'

// A new cluster with its write-ahead log takes about 60 MB; a database that runs out of space in the middle of its work
// costs more than a refusal here.
const NEEDED_MB = 150

/** Makes the folder and proves that it takes data. Throws a Problem for a read-only or full disk. */
export function requireWritable(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const probe = join(folder, `.probe-${process.pid}`)
    writeFileSync(probe, Buffer.alloc(64 * 1024))
    rmSync(probe)
  } catch (error) {
    throw diskProblem(error, folder) ?? error
  }
  const free = freeMb(folder)
  if (free < NEEDED_MB) {
    throw new Problem(
      `Only ${free} MB are free on the disk of ${folder}; at least ${NEEDED_MB} MB are needed. ` +
        'Nothing was started or changed. Free some space, then start again.',
    )
  }
}

/** Megabytes that this user may still write there. */
export function freeMb(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return Math.floor((bavail * bsize) / 1024 / 1024)
}

/** The Problem behind an error of the file system; `undefined` when it is about something else. */
export function diskProblem(error: unknown, path?: string): Problem | undefined {
  const { code, path: named } = error as NodeJS.ErrnoException
  const where = path ?? named ?? 'the disk'
  const reason =
    code === 'ENOSPC' || code === 'EDQUOT'
      ? `The disk is full: ${where} could not be written. Free some space, then start again.`
      : code === 'EROFS'
        ? `The disk is read-only: ${where} could not be written. Make it writable, then start again.`
        : code === 'EACCES' || code === 'EPERM'
          ? `No right to write ${where}. Start as the user who owns this folder, or give this one the right.`
          : undefined
  return reason ? new Problem(`${reason} What was stored before is untouched.`, { cause: error }) : undefined
}
