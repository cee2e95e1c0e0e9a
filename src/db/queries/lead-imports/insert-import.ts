import { execute, queryOne, type Sql, type Tx } from '@/db/sql'
import type { ImportReading } from '@/domain/lead-import/reading'

export type NewImport = {
  fileName: string
  size: number
  byId: string | null
  reading: ImportReading
  batchId: string | null
  batchName: string | null
  /** Real time. */
  at: Date
  /** The same in campaign time. */
  acceptedAt: Date
}

/** Inserts an import that waits for a worker. */
export const insertImport = (tx: Tx, row: NewImport) =>
  queryOne<{ id: string }>(tx)`
  INSERT INTO lead_imports (status, file_name, size, by_id, reading, batch_id, batch_name, created_at, touched_at, accepted_at)
  VALUES ('waiting', ${row.fileName}, ${row.size}, ${row.byId}, ${JSON.stringify(row.reading)}::jsonb, ${row.batchId}::uuid,
          ${row.batchName}, ${row.at}, ${row.at}, ${row.acceptedAt})
  RETURNING id`

/** Inserts the next piece of its file. */
export const insertPiece = (tx: Tx, piece: { importId: string; place: number; bytes: Buffer }) =>
  execute(tx)`
  INSERT INTO lead_import_pieces (import_id, place, bytes) VALUES (${piece.importId}::uuid, ${piece.place}::int, ${piece.bytes})`

/** A piece of its file; null behind the last, and once the import has ended. */
export const selectPiece = (sql: Sql, piece: { importId: string; place: number }) =>
  queryOne<{ bytes: Buffer }>(sql)`
  SELECT bytes FROM lead_import_pieces WHERE import_id = ${piece.importId}::uuid AND place = ${piece.place}::int`

/** Deletes the pieces of a file that is read no more. */
export const deletePieces = (sql: Sql, importId: string) =>
  execute(sql)`DELETE FROM lead_import_pieces WHERE import_id = ${importId}::uuid`
