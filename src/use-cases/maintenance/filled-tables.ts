import { createHash, type Hash } from 'node:crypto'
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { type CopiedTable, fillTable } from '@/db/queries/maintenance/copy-tables'
import type { Tx } from '@/db/sql'
import { MANIFEST, SECRETS, SUMS, type Sums, sumsSchema } from '@/domain/backup/manifest'
import { DomainError } from '@/domain/errors'
import { type ArchiveEntry, readArchive, textOf } from './archive-file'
import type { OpenBackup } from './open-backup'

/** A table that is being filled; `refused`: why the server took no more of it. */
type Filling = { table: string; rows: Writable & { rowCount: number }; hash: Hash; refused?: Error }

/** How many rows came back; `leftOut`: tables of the backup that no migration makes, such as a person's own. */
export type Filled = { rows: number; leftOut: string[] }

/**
 * Fills the empty tables with the rows of a backup. What was filled must be what its sums say. `ours`: those that are there to be filled.
 * @throws {DomainError} unreadable_file
 */
export async function fillTables(
  tx: Tx,
  { path, bytes, manifest }: OpenBackup,
  ours: readonly CopiedTable[],
): Promise<Filled> {
  const tables = new Map(manifest.tables.map((table) => [table.name, table]))
  const { leftOut } = fitTables(manifest.tables, ours)
  const filled: Sums = []
  let filling: Filling | null = null
  let expected: Sums | null = null
  try {
    for await (const entry of readArchive(path, bytes)) {
      if (entry.name === MANIFEST || entry.name === SECRETS) continue
      const table = tableOf(entry)
      if (filling && filling.table !== table) {
        filled.push(await end(filling))
        filling = null
      }
      if (entry.name === SUMS) {
        expected = sumsSchema
          .parse(JSON.parse(await textOf(entry)))
          .filter(({ table: name }) => !leftOut.includes(name))
        continue
      }
      if (leftOut.includes(table)) continue
      filling ??= begin(tx, requireTable(tables, table))
      await take(filling, entry)
    }
  } catch (error) {
    // The transaction cannot go on before the server knows that no more rows come.
    if (filling && !filling.refused) filling.rows.destroy(error as Error)
    throw filling?.refused ?? error
  }
  requireSame(path, filled, expected)
  return { rows: filled.reduce((all, { rows }) => all + rows, 0), leftOut }
}

/** Which tables there is no place for; refuses where one of ours lacks a column. */
function fitTables(tables: readonly CopiedTable[], ours: readonly CopiedTable[]): { leftOut: string[] } {
  const places = new Map(ours.map(({ name, columns }) => [name, new Set(columns)]))
  for (const { name, columns } of tables) {
    const unknown = columns.filter((column) => places.get(name)?.has(column) === false)
    if (unknown.length > 0)
      throw new DomainError(
        'unreadable_file',
        `The backup has columns of the table "${name}" that no migration makes: ${unknown.join(', ')}. Nothing was changed. ` +
          'Drop them where the backup was made, and make another one.',
      )
  }
  return { leftOut: tables.map(({ name }) => name).filter((name) => !places.has(name)) }
}

const tableOf = ({ name }: ArchiveEntry) => /^tables\/([^/]+)\/\d+$/.exec(name)?.[1] ?? ''

function requireTable(tables: ReadonlyMap<string, CopiedTable>, name: string): CopiedTable {
  const table = tables.get(name)
  if (!table) throw new DomainError('unreadable_file', `The backup has a table "${name}" that it does not list.`)
  return table
}

function begin(tx: Tx, table: CopiedTable): Filling {
  const filling: Filling = { table: table.name, rows: fillTable(tx, table), hash: createHash('sha256') }
  // Whoever writes next or ends it is told.
  filling.rows.on('error', (error) => {
    filling.refused ??= error
  })
  return filling
}

async function take(filling: Filling, { content }: ArchiveEntry): Promise<void> {
  const { rows, hash } = filling
  for await (const chunk of content) {
    hash.update(chunk)
    if (filling.refused) throw filling.refused
    if (!rows.write(chunk)) await once(rows, 'drain')
  }
}

async function end({ table, rows, hash, refused }: Filling): Promise<Sums[number]> {
  if (refused) throw refused
  rows.end()
  await finished(rows)
  return { table, rows: rows.rowCount, sha256: hash.digest('hex') }
}

function requireSame(path: string, filled: Sums, expected: Sums | null): void {
  const same =
    expected?.filter(({ rows }) => rows > 0).every((one, i) => isSame(one, filled[i])) &&
    filled.length === expected.filter(({ rows }) => rows > 0).length
  if (same) return
  throw new DomainError('unreadable_file', `What came out of ${path} is not what went in. Nothing was changed.`)
}

const isSame = (a: Sums[number], b: Sums[number] | undefined) =>
  a.table === b?.table && a.rows === b.rows && a.sha256 === b.sha256
