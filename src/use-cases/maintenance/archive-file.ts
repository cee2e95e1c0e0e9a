import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'
import { extract, pack } from 'tar-stream'
import { addSum } from '@/lib/summed-file'

// The fastest level: texts of emails become a quarter as long by it, and the database stays what is waited for.
const COMPRESSION = {
  params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 },
  chunkSize: 64 * 1024,
}

/** An archive that is being written, entry by entry, each of a known length. */
export type ArchiveWriter = {
  add(name: string, content: readonly Buffer[]): Promise<void>
  /** Ends the archive; it lies on the disk afterwards. */
  end(): Promise<void>
  /** Gives it up. */
  abandon(error: Error): Promise<void>
}

/** Writes a tar archive, compressed by zstd and with its own sum at the end, readable for its owner only. */
export function writeArchive(path: string, mtime: Date): ArchiveWriter {
  const entries = pack()
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true })
  const written = pipeline(entries as unknown as AsyncIterable<Buffer>, createZstdCompress(COMPRESSION), addSum(), file)
  // Whoever ends the archive is told.
  written.catch(() => undefined)
  return {
    add: async (name, content) => {
      const added = new Promise<void>((resolve, reject) => {
        const size = content.reduce((sum, part) => sum + part.length, 0)
        const header = { name, size, mode: 0o600, mtime }
        const entry = entries.entry(header, (error) => (error ? reject(error) : resolve()))
        entry.on('error', reject)
        for (const part of content) entry.write(part)
        entry.end(undefined)
      })
      await Promise.race([added, written]).catch(async (error) => {
        // What ended the file says more than the entry that was cut off by it, or came after.
        if (entries.destroying) await written
        throw error
      })
    },
    end: async () => {
      entries.finalize()
      await written
    },
    abandon: async (error) => {
      entries.destroy(error)
      await written.catch(() => undefined)
    },
  }
}

/** An entry of an archive: its content must be read before the next one. */
export type ArchiveEntry = { name: string; content: AsyncIterable<Buffer> }

/** The entries of an archive in their order. `bytes`: how much of the file is content. */
export async function* readArchive(path: string, bytes: number): AsyncGenerator<ArchiveEntry> {
  const entries = extract()
  const fed = pipeline(
    createReadStream(path, { end: bytes - 1 }),
    createZstdDecompress({ chunkSize: 64 * 1024 }),
    entries as unknown as NodeJS.WritableStream,
  )
  // A reader that has seen enough ends it; what else ends it, its entries say.
  fed.catch(() => undefined)
  for await (const entry of entries) {
    yield { name: entry.header.name, content: entry as AsyncIterable<Buffer> }
    entry.resume()
  }
}

/** All of a small entry. */
export async function textOf({ content }: ArchiveEntry): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of content) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}
