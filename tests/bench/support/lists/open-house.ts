import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { openPool } from '../../../support/open-pool'
import { openBench } from '../bench-deps'
import { openBenchDatabase, openKeptDatabase } from '../database'
import { fillLists } from './fill-lists'

/** Below this scale nothing is worth keeping. */
const KEPT_FROM = 0.05

/** A house of this scale, filled once and kept in .bench for later runs where it takes long to fill. */
export async function openHouse(scale: number, note: (line: string) => void) {
  const isKept = scale >= KEPT_FROM
  const fill = async (url: string) => {
    const pool = openPool(url)
    note(`filling a house of ${scale}`)
    await fillLists(pool, scale, note)
    await pool.query('VACUUM (ANALYZE)')
    await pool.end()
  }
  const openFilled = async () => {
    const database = await openBenchDatabase()
    await fill(database.url)
    return database
  }
  const openKept = () => openKeptDatabase(resolve('.bench', `lists-${scale}`), { version: fillingVersion(), fill })
  return { ...(await openBench({ open: isKept ? openKept : openFilled })), isKept }
}

/** A hash of what says how the tables are filled. */
function fillingVersion(): string {
  const hash = createHash('sha256')
  for (const name of ['seed', 'lists/fill-lists', 'lists/fill-years'])
    hash.update(readFileSync(`tests/bench/support/${name}.ts`))
  return hash.digest('hex')
}
