import { execute, type Sql } from '@/db/sql'

/** Keeps the consent key under another name, so that the next start makes a new one; with its former key it can be opened again. */
export const setAsideConsentKey = (sql: Sql, at: Date) =>
  execute(sql)`UPDATE sealed_keys SET name = 'consent until ' || ${at.toISOString()} WHERE name = 'consent'`
