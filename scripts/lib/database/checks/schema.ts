import { identifier, psql } from '../database-address'
import { type DatabaseCheck, read, readSetting, resetOf } from './check'

/**
 * Names without a schema lead to `public`. Statements and migrations write them so; another schema before it would get
 * half of the tables.
 */
export const searchPath: DatabaseCheck = {
  name: 'search-path',
  fine: 'keeps its tables in the schema public',
  find: async ({ client, address }) => {
    const asked = address.url.searchParams.get('schema')
    if (asked && asked !== 'public') {
      return {
        state: `is asked for in its schema ${asked}, and LeadNexConnect keeps its tables in public`,
        remedy:
          `Take "schema=${asked}" out of ${address.variable}. A second installation has a database of its own: ` +
          `createdb ${address.server} -U ${address.user} ${address.database}_${asked}.`,
      }
    }
    const setting = await readSetting(client, 'search_path')
    const [row] = await read<{ first: string | null; hasPublic: boolean }>(
      client,
      `SELECT current_schema() AS first, to_regnamespace('public') IS NOT NULL AS "hasPublic"`,
    )
    // Without the schema, or without a right to look into it, `rights` says so.
    if (!setting || !row?.hasPublic || row.first === 'public') return null
    if (row.first === null && !(await mayLookInto(client))) return null
    const { value, source, role } = setting
    const found = row.first
      ? `looks for tables in the schema ${row.first} first`
      : 'does not look for tables in the schema public'
    // By default it begins with a schema of the role's own name.
    const own = `ALTER ROLE ${identifier(role)} IN DATABASE ${identifier(address.database)} SET search_path = public`
    const how = source === 'default' ? psql(address, 'postgres', own) : resetOf(address, 'search_path', setting)
    return { state: `${found} (search_path is ${value})`, remedy: `Let it be public: ${how}.` }
  },
}

async function mayLookInto(client: Parameters<typeof read>[0]): Promise<boolean> {
  const [row] = await read<{ may: boolean }>(client, `SELECT has_schema_privilege('public', 'USAGE') AS may`)
  return row?.may === true
}
