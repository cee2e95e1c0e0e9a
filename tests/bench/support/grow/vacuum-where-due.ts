import type { Pool } from 'pg'

/** Tables that autovacuum would clean at its next look, by their settings or the server's. */
const DUE = `
  WITH limits AS (
    SELECT s.relid, s.n_dead_tup AS dead, c.reltuples AS rows,
           COALESCE(o.threshold, current_setting('autovacuum_vacuum_threshold'))::float8 AS threshold,
           COALESCE(o.share, current_setting('autovacuum_vacuum_scale_factor'))::float8 AS share
    FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid,
      LATERAL (SELECT max(option_value) FILTER (WHERE option_name = 'autovacuum_vacuum_threshold') AS threshold,
                      max(option_value) FILTER (WHERE option_name = 'autovacuum_vacuum_scale_factor') AS share
               FROM pg_options_to_table(c.reloptions)) o)
  SELECT relid::regclass AS "table" FROM limits WHERE dead > threshold + share * greatest(rows, 0)`

/** Does what autovacuum would do at its next look, and returns the tables that it has cleaned. */
export async function vacuumWhereDue(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ table: string }>(DUE)
  for (const { table } of rows) await pool.query(`VACUUM ${table}`)
  return rows.map(({ table }) => table)
}
