import type { CsvSource } from '@/csv/csv-source'
import { insertPiece, selectPiece } from '@/db/queries/lead-imports/insert-import'
import type { Sql, Tx } from '@/db/sql'

const PIECE = 512 * 1024

/** Keeps a file beside its import, piece by piece, where every worker reaches it. */
export async function keepFile(tx: Tx, importId: string, { read }: CsvSource): Promise<void> {
  let place = 0
  let waiting: Buffer[] = []
  let size = 0
  const put = async () => {
    await insertPiece(tx, { importId, place, bytes: Buffer.concat(waiting) })
    place += 1
    waiting = []
    size = 0
  }
  for await (const piece of read()) {
    waiting.push(piece)
    size += piece.length
    if (size >= PIECE) await put()
  }
  if (size > 0) await put()
}

/** The kept file of an import. Once that has ended, it has no bytes any more. */
export const keptFile = (sql: Sql, importId: string, size: number): CsvSource => ({
  size,
  read: async function* () {
    for (let place = 0; ; place += 1) {
      const piece = await selectPiece(sql, { importId, place })
      if (!piece) return
      yield piece.bytes
    }
  },
})
