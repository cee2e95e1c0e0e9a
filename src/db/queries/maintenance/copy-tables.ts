import type { Readable, Writable } from 'node:stream'
import { copyIn, copyOut, execute, query, queryOne, runScript, type Sql, type Tx } from '@/db/sql'
import { quoted } from './quoted'

/** A table with the columns that are stored, in their order; what the database computes by itself is not copied. */
export type CopiedTable = { name: string; columns: string[] }

/** How a transaction begins that reads all tables as they are at one moment: it takes as long as it takes. */
export const AT_ONE_MOMENT =
  'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0; SET LOCAL transaction_timeout = 0; ' +
  'SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL synchronize_seqscans = off; SET LOCAL extra_float_digits = 3; ' +
  'SET LOCAL bytea_output = hex'

/** The same for one that writes them all, but that it does not wait long for somebody who uses them. */
export const WHOLE =
  "SET LOCAL statement_timeout = 0; SET LOCAL transaction_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL lock_timeout = '10s'"

/** Every table of ours, in the order of their names. */
export const selectTablesToCopy = (sql: Sql) =>
  query<CopiedTable>(sql)`
  SELECT c.relname::text AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
    AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  GROUP BY c.relname ORDER BY c.relname`

/** The value that each sequence gave last; those that never gave one are left out. */
export const selectSequences = (sql: Sql) =>
  query<{ name: string; value: string }>(sql)`
  SELECT sequencename::text AS name, last_value::text AS value FROM pg_sequences
  WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY sequencename`

/** Every sequence of ours. */
export const selectSequenceNames = (sql: Sql) =>
  query<{ name: string }>(sql)`SELECT sequencename::text AS name FROM pg_sequences WHERE schemaname = 'public'`

/** The migrations that the tables have been through, in the order of their names. */
export const selectAppliedMigrations = (sql: Sql) =>
  query<{ name: string; checksum: string; done: boolean }>(sql)`
  SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS done
  FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`

const placeOf = ({ name, columns }: CopiedTable) => `public.${quoted(name)} (${columns.map(quoted).join(', ')})`

/** The rows of a table as text. */
export const copyTable = (tx: Tx, table: CopiedTable): Readable & { rowCount: number } =>
  copyOut(tx, `COPY ${placeOf(table)} TO STDOUT`)

/** Waits until the server has ended what it copied: how many rows they were is known then. */
export const endCopy = (tx: Tx) => execute(tx)`SELECT 1`

/** Takes the rows of a table as text. */
export const fillTable = (tx: Tx, table: CopiedTable): Writable & { rowCount: number } =>
  copyIn(tx, `COPY ${placeOf(table)} FROM STDIN`)

/** Lets a sequence go on after this value. */
export const setSequence = (tx: Tx, { name, value }: { name: string; value: string }) =>
  execute(tx)`SELECT setval(${`public.${quoted(name)}`}::regclass, ${value}::bigint)`

/** Rows of these tables that migrations have made. */
export const emptyTables = (tx: Tx, tables: readonly CopiedTable[]) =>
  runScript(tx, `TRUNCATE ${tables.map(({ name }) => `public.${quoted(name)}`).join(', ')}`)

/** What a database holds, by what people would miss first. */
export type Holding = { people: number; leads: number; campaigns: number }

/** Counts what is in tables of ours of any version. */
export const countHolding = (sql: Sql) =>
  queryOne<Holding>(sql)`
  SELECT (SELECT count(*) FROM users)::int AS people, (SELECT count(*) FROM leads)::int AS leads,
         (SELECT count(*) FROM campaigns)::int AS campaigns`
