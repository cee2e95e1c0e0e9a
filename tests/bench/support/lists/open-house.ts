import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Pool } from 'pg'
import { openPool } from '../../../support/open-pool'
import { openBench } from '../bench-deps'
import { openBenchDatabase, openKeptDatabase } from '../database'
import { fillLists } from './fill-lists'

/** Below this scale nothing is worth keeping. */
const KEPT_FROM = 0.05

/** A house of this scale, filled once and kept in .bench for later runs. */
export const openHouse = (scale: number, note: (line: string) => void) =>
  openKept({
    name: `lists-${scale}`,
    isKept: scale >= KEPT_FROM,
    sources: ['seed', 'lists/fill-lists', 'lists/fill-years'],
    fill: async (pool) => {
      note(`filling a house of ${scale}`)
      await fillLists(pool, scale, note)
      await pool.query('VACUUM (ANALYZE)')
    },
  })

/** `sources`: what says how the tables are filled, as names of files in tests/bench/support. */
type Kept = { name: string; isKept: boolean; sources: readonly string[]; fill(pool: Pool): Promise<void> }

/** A filled database under this name in .bench, where it is to be kept; else one that is removed when it closes. */
export async function openKept({ name, isKept, sources, fill }: Kept) {
  const fillAt = async (url: string) => {
    const pool = openPool(url)
    await fill(pool)
    await pool.end()
  }
  const openFilled = async () => {
    const database = await openBenchDatabase()
    await fillAt(database.url)
    return database
  }
  const open = () => openKeptDatabase(resolve('.bench', name), { version: hashOf(sources), fill: fillAt })
  return { ...(await openBench({ open: isKept ? open : openFilled })), isKept }
}

function hashOf(sources: readonly string[]): string {
  const hash = createHash('sha256')
  for (const name of sources) hash.update(readFileSync(`tests/bench/support/${name}.ts`))
  return hash.digest('hex')
}
