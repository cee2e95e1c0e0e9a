import type { Client } from 'pg'
import type { Refusal } from '../connection-refusal'
import { type DatabaseAddress, identifier, psql } from '../database-address'

/** What one check looks at: the database behind `client`, which it only reads. */
export type Look = { client: Client; address: DatabaseAddress; queueSchema: string }

/**
 * Something that must be true of a database before anything is made or changed there. `find` returns null where it is, and `fine`
 * says so in words that follow the database's name. `hidesRest`: while it is not true, what further checks would find says nothing.
 */
export type DatabaseCheck = {
  name: string
  fine: string
  hidesRest?: true
  find(look: Look): Promise<Refusal | null>
}

export async function read<Row extends object>(client: Client, text: string, values: unknown[] = []): Promise<Row[]> {
  return (await client.query<Row>(text, values)).rows
}

/** Leaves out, of `pg_class`, what an extension brought. */
export const NOT_OF_EXTENSION = `NOT EXISTS (
  SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = pg_class.oid AND d.deptype = 'e')`

/** A setting as this session has it, and where it was made. */
export type Setting = { value: string; source: string; role: string }

export async function readSetting(client: Client, name: string): Promise<Setting | undefined> {
  const text = 'SELECT setting AS value, source, current_user AS role FROM pg_settings WHERE name = $1'
  return (await read<Setting>(client, text, [name]))[0]
}

/** What a person does to have a setting as the server has it by itself. */
export function resetOf(address: DatabaseAddress, name: string, { source, role }: Setting): string {
  const database = identifier(address.database)
  const inRole = `ALTER ROLE ${identifier(role)}`
  if (source === 'client') return `take it out of ${address.variable}`
  if (source === 'database') return psql(address, 'postgres', `ALTER DATABASE ${database} RESET ${name}`)
  if (source === 'user') return psql(address, 'postgres', `${inRole} RESET ${name}`)
  if (source === 'database user') return psql(address, 'postgres', `${inRole} IN DATABASE ${database} RESET ${name}`)
  return `${psql(address, 'postgres', `ALTER SYSTEM RESET ${name}`)}, after that ${psql(address, 'postgres', 'SELECT pg_reload_conf()')}`
}
