import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import type { CsvSource } from './csv-source'

/** A file that a person has sent and may import until it expires. */
export type Upload = { id: string; owner: string; fileName: string; size: number; expiresAt: Date }

/** Files on their way to an import: each for the person who sent it, and for some hours. */
export type Uploads = {
  /**
   * Writes a body to disk as it comes in; nothing of it stays where it has more bytes than `limit`, or breaks off. Of a
   * person's files the oldest make room. So many are under way at once, of a person and in all: further ones are refused unread.
   * @throws {UploadTooLarge}
   * @throws {TooManyUploads}
   */
  store(
    body: AsyncIterable<Uint8Array>,
    file: { owner: string; fileName: string; limit: number; at: Date },
  ): Promise<Upload>
  /** The bytes of a person's own file; null where there is none by this id any more. */
  open(id: string, { owner, at }: { owner: string; at: Date }): Promise<CsvSource | null>
  /** Removes what has expired, and what broke off with its process. */
  clear(at: Date): Promise<void>
}

export class UploadTooLarge extends Error {}

/** Its message says to people whose files are on their way. */
export class TooManyUploads extends Error {}

const KEPT_MS = 6 * 60 * 60_000
const KEPT_PER_OWNER = 20
const UNDER_WAY_PER_OWNER = 4
const UNDER_WAY = 20
// Longer than any request may last.
const PART_MS = 60 * 60_000

const record = z.object({
  id: z.uuid(),
  owner: z.string(),
  fileName: z.string(),
  size: z.int().min(0),
  storedAt: z.coerce.date(),
  expiresAt: z.coerce.date(),
})
type Stored = z.infer<typeof record>

/** Keeps files in a folder of this machine, for its owner only: `ID.rows`, and beside it `ID.json`, which says whose it is. */
export function createUploads(folder: string): Uploads {
  const bytesOf = (id: string) => join(folder, `${id}.rows`)
  const recordOf = (id: string) => join(folder, `${id}.json`)
  const partOf = (id: string) => join(folder, `${id}.part`)

  const find = async (id: string): Promise<Stored | null> => {
    try {
      return record.parse(JSON.parse(await readFile(recordOf(id), 'utf8')))
    } catch {
      // None, or one that is being written.
      return null
    }
  }
  const remove = (id: string) =>
    Promise.all([recordOf(id), bytesOf(id), partOf(id)].map((path) => rm(path, { force: true })))

  /** Removes what is over, and returns what is left. */
  const clear = async (at: Date): Promise<Stored[]> => {
    const names = await readdir(folder).catch(() => [])
    const left: Stored[] = []
    for (const id of new Set(names.map((name) => name.replace(/\.\w+$/, '')))) {
      const stored = await find(id)
      if (!stored) await removeBroken(id, at)
      else if (stored.expiresAt <= at) await remove(id)
      else left.push(stored)
    }
    return left
  }
  const makeRoom = async (owner: string, at: Date) => {
    const own = (await clear(at)).filter((stored) => stored.owner === owner)
    own.sort((a, b) => a.storedAt.getTime() - b.storedAt.getTime())
    const over = own.length + underWayOf(owner) - KEPT_PER_OWNER
    for (const { id } of own.slice(0, Math.max(0, over))) await remove(id)
  }
  const removeBroken = async (id: string, at: Date) => {
    const begun = underWay.get(id)?.at
    if (begun === undefined || at.getTime() - begun > PART_MS) await remove(id)
  }
  const underWay = new Map<string, { owner: string; at: number }>()
  const underWayOf = (owner: string) => [...underWay.values()].filter((upload) => upload.owner === owner).length

  /** Counts an upload as under way, at once: of those that begin at the same time none passes another. */
  const begin = (owner: string, at: Date): string => {
    if (underWayOf(owner) >= UNDER_WAY_PER_OWNER)
      throw new TooManyUploads(tooMany(UNDER_WAY_PER_OWNER, 'of your files'))
    if (underWay.size >= UNDER_WAY) throw new TooManyUploads(tooMany(UNDER_WAY, 'files'))
    const id = randomUUID()
    underWay.set(id, { owner, at: at.getTime() })
    return id
  }

  return {
    store: async (body, { owner, fileName, limit, at }) => {
      const id = begin(owner, at)
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await makeRoom(owner, at)
        const size = await writeBody(partOf(id), body, limit)
        const stored: Stored = { id, owner, fileName, size, storedAt: at, expiresAt: new Date(at.getTime() + KEPT_MS) }
        await rename(partOf(id), bytesOf(id))
        await writeFile(recordOf(id), JSON.stringify(stored), { mode: 0o600 })
        return stored
      } catch (error) {
        await remove(id)
        throw error
      } finally {
        underWay.delete(id)
      }
    },
    open: async (id, { owner, at }) => {
      const stored = z.uuid().safeParse(id).success ? await find(id) : null
      if (!stored || stored.owner !== owner || stored.expiresAt <= at) return null
      return { size: stored.size, read: () => createReadStream(bytesOf(id)) as AsyncIterable<Buffer> }
    },
    clear: async (at) => {
      await clear(at)
    },
  }
}

const tooMany = (count: number, whose: string) =>
  `${count} ${whose} are on their way to the server already. Nothing was stored. Wait until one has arrived, then try again.`

/** Writes a body to a new file and returns its length. @throws {UploadTooLarge} as soon as it is longer than `limit` */
async function writeBody(path: string, body: AsyncIterable<Uint8Array>, limit: number): Promise<number> {
  let size = 0
  const counted = async function* () {
    for await (const piece of body) {
      size += piece.byteLength
      if (size > limit) throw new UploadTooLarge()
      yield piece
    }
  }
  await pipeline(counted, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
  return size
}
