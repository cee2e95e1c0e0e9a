import { readdirSync } from 'node:fs'
import type { Client } from 'pg'
import { MIGRATIONS_DIR } from '../migrations'
import { type DatabaseCheck, NOT_OF_EXTENSION, read } from './check'

export const otherProgram: DatabaseCheck = {
  name: 'other-program',
  fine: 'holds no tables of another program',
  find: async ({ client, address }) => {
    const tables = await read<{ name: string }>(
      client,
      `SELECT relname AS name FROM pg_class WHERE relnamespace = to_regnamespace('public') AND relkind IN ('r', 'p', 'v', 'm', 'f')
         AND ${NOT_OF_EXTENSION} ORDER BY 1`,
    )
    const names = tables.map(({ name }) => name).filter((name) => name !== '_prisma_migrations')
    if (names.length === 0 || (await hasOurMigrations(client, tables.length > names.length))) return null
    const created = `createdb ${address.server} -U ${address.user} ${address.database}_leadnexconnect`
    return {
      state: `holds tables of another program: ${someOf(names)}`,
      remedy: `LeadNexConnect needs a database of its own. Create one, and name it in ${address.variable}: ${created}.`,
    }
  },
}

async function hasOurMigrations(client: Client, hasTable: boolean): Promise<boolean> {
  if (!hasTable) return false
  const known = readdirSync(MIGRATIONS_DIR)
  const rows = await read(client, 'SELECT FROM public._prisma_migrations WHERE migration_name = ANY($1)', [known])
  return rows.length > 0
}

const SHOWN = 3
const someOf = (names: string[]) =>
  names.length > SHOWN ? `${names.slice(0, SHOWN).join(', ')} and ${names.length - SHOWN} more` : names.join(', ')
