import { mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive } from '../../../scripts/lib/processes'

// Where Linux keeps files in memory.
const MEMORY = '/dev/shm'
const NAME = 'leadnexconnect-test'
// Many times what the databases of a whole run take there.
const ROOM = 4 * 2 ** 30

/**
 * A new folder for a database that its process outlives. In memory where there is room: a database is hundreds of files, and
 * making those on a disk is most of what a new one costs. Whoever asked for it removes it; what processes that were killed
 * have left in memory goes with the next one.
 */
export function createShortLivedFolder(memory = MEMORY, room = ROOM): string {
  if (!hasRoom(memory, room)) return mkdtempSync(join(tmpdir(), `${NAME}-`))
  removeLeftOver(memory)
  return mkdtempSync(join(memory, `${NAME}-${process.pid}-`))
}

function hasRoom(memory: string, room: number): boolean {
  try {
    const { bavail, bsize } = statfsSync(memory)
    return Math.min(bavail * bsize, freemem()) >= room
  } catch {
    return false
  }
}

function removeLeftOver(memory: string): void {
  for (const name of readdirSync(memory)) {
    const [, pid] = new RegExp(`^${NAME}-(\\d+)-`).exec(name) ?? []
    if (pid && !isAlive(Number(pid))) rmSync(join(memory, name), { recursive: true, force: true })
  }
}
