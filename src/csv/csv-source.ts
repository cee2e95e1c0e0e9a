import { setImmediate as nextTurn } from 'node:timers/promises'

/** The bytes of a file of rows. It is read several times, a piece at a time, and never held whole. */
export type CsvSource = { size: number; read(): AsyncIterable<Buffer> }

const PIECE = 64 * 1024

/** Bytes that are in memory already. Whoever reads them lets others in between. */
export const bytesSource = (bytes: Buffer): CsvSource => ({
  size: bytes.length,
  read: async function* () {
    for (let i = 0; i < bytes.length; i += PIECE) {
      yield bytes.subarray(i, i + PIECE)
      await nextTurn()
    }
  },
})

/** The first bytes of a source: by them formats and encodings are known. */
export async function headOf({ read }: CsvSource, length: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  let known = 0
  for await (const piece of read()) {
    pieces.push(piece)
    known += piece.length
    if (known >= length) break
  }
  return Buffer.concat(pieces).subarray(0, length)
}
