import { randomInt } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'

// Without those that look alike: the code is typed from a terminal.
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const GROUPS = 3
const GROUP_LENGTH = 4

const pathIn = (dataDir: string) => join(dataDir, 'owner-code')

/**
 * The one-time code that makes somebody the owner: whoever reaches the port first has not got it. The one that was given, else
 * the one that is kept in the data folder, for its owner only, and made there if need be, so that it is the same after a restart.
 */
export function keepOwnerCode({ dataDir, ownerCode }: { dataDir: string; ownerCode?: string }): string {
  if (ownerCode) return ownerCode
  const kept = readKept(dataDir)
  if (kept) return kept
  const group = () => Array.from({ length: GROUP_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  const made = Array.from({ length: GROUPS }, group).join('-')
  writeFileSync(pathIn(dataDir), `${made}\n`, { mode: 0o600 })
  return made
}

/** Where the code is entered, in the words that a start prints. */
export const ownerWords = (url: string, code: string) =>
  `create the owner: ${url}/welcome?code=${encodeURIComponent(code)}   (one-time code ${code})`

/** Forgets the code: it was used. */
export function dropOwnerCode(dataDir: string): undefined {
  rmSync(pathIn(dataDir), { force: true })
}

function readKept(dataDir: string): string | undefined {
  try {
    return readFileSync(pathIn(dataDir), 'utf8').trim() || undefined
  } catch {
    return undefined
  }
}

/** Whether the installation of a migrated database has an account. */
export async function hasOwner(databaseUrl: string): Promise<boolean> {
  const client = new Client({ connectionString: databaseUrl })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query('SELECT 1 FROM users LIMIT 1')).rowCount === 1
  } finally {
    await client.end()
  }
}
