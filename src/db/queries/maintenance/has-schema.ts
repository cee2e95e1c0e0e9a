import { queryOne, type Sql } from '@/db/sql'

/** Whether there is a schema of this name, whoever may use it. */
export async function hasSchema(sql: Sql, name: string): Promise<boolean> {
  const row = await queryOne<{ found: boolean }>(sql)`
    SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = ${name}) AS found`
  return row?.found ?? false
}
