import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

// A frame that programs for zstd skip (RFC 8878, 3.1.2): its mark, how long what follows is, and that, the SHA-256 of all before it.
const HEAD = Buffer.from('5f2a4d1820000000', 'hex')
const TRAILER_BYTES = HEAD.length + 32

/** Passes bytes on and adds their sum at the end. */
export function addSum(): Transform {
  const hash = createHash('sha256')
  return new Transform({
    transform(chunk, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
    flush(done) {
      done(null, Buffer.concat([HEAD, hash.digest()]))
    },
  })
}

/** Whether a file is as it was written, to its last byte: not cut off, and nothing of it altered. Its content in bytes, or null. */
export async function checkSum(path: string): Promise<number | null> {
  const { size } = await stat(path)
  const content = size - TRAILER_BYTES
  if (content <= 0) return null
  const file = await open(path)
  const { buffer: trailer } = await file
    .read(Buffer.alloc(TRAILER_BYTES), 0, TRAILER_BYTES, content)
    .finally(() => file.close())
  const hash: Hash = createHash('sha256')
  await pipeline(createReadStream(path, { end: content - 1 }), hash)
  return trailer.equals(Buffer.concat([HEAD, hash.digest()])) ? content : null
}
