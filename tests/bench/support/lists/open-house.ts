import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { openPool } from '../../../support/open-pool'
import { openBench } from '../bench-deps'
import { openKeptDatabase } from '../database'
import { fillLists } from './fill-lists'

/** Below this scale nothing is worth keeping. */
const KEPT_FROM = 0.05

/** A house of this scale, filled once and kept in .bench for later runs. */
export async function openHouse(scale: number, note: (line: string) => void) {
  const isKept = scale >= KEPT_FROM
  const folder = isKept ? resolve('.bench', `lists-${scale}`) : await mkdtemp(join(tmpdir(), 'leadnexconnect-bench-'))
  const fill = async (url: string) => {
    const pool = openPool(url)
    note(`filling a house of ${scale}`)
    await fillLists(pool, scale, note)
    await pool.query('VACUUM (ANALYZE)')
    await pool.end()
  }
  const bench = await openBench({ open: () => openKeptDatabase(folder, { version: fillingVersion(), fill }) })
  return {
    ...bench,
    isKept,
    close: async () => {
      await bench.close()
      if (!isKept) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A hash of what says how the tables are filled. */
function fillingVersion(): string {
  const hash = createHash('sha256')
  for (const name of ['seed', 'lists/fill-lists', 'lists/fill-years'])
    hash.update(readFileSync(`tests/bench/support/${name}.ts`))
  return hash.digest('hex')
}
