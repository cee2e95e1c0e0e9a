import { execute, query, runScript, type Tx } from '@/db/sql'
import type { Migration } from '@/domain/backup/manifest'
import { quoted } from './quoted'

type Statement = { statement: string }

/** Drops all that is in a schema but what extensions brought; the schema itself stays. */
export async function emptySchema(tx: Tx, schema: string): Promise<void> {
  const drops = await query<Statement>(tx)`
  WITH own AS (SELECT to_regnamespace(${quoted(schema)}) AS oid), brought AS (
    SELECT classid, objid FROM pg_depend WHERE deptype = 'e')
  SELECT statement FROM (
    SELECT CASE relkind WHEN 'S' THEN 2 ELSE 1 END AS turn, format('DROP %s IF EXISTS %s CASCADE',
      CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,
      format('%I.%I', ${schema}::text, relname)) AS statement
    FROM pg_class c, own WHERE relnamespace = own.oid AND relkind IN ('r', 'p', 'v', 'm', 'S')
      AND NOT EXISTS (SELECT FROM brought b WHERE b.classid = 'pg_class'::regclass AND b.objid = c.oid)
    UNION ALL
    SELECT 3, format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::regprocedure)
    FROM pg_proc p, own WHERE pronamespace = own.oid
      AND NOT EXISTS (SELECT FROM brought b WHERE b.classid = 'pg_proc'::regclass AND b.objid = p.oid)
    UNION ALL
    SELECT 4, format('DROP TYPE IF EXISTS %I.%I CASCADE', ${schema}::text, typname)
    FROM pg_type t, own WHERE typnamespace = own.oid AND typtype IN ('e', 'd')
      AND NOT EXISTS (SELECT FROM brought b WHERE b.classid = 'pg_type'::regclass AND b.objid = t.oid)
  ) d ORDER BY turn, statement`
  for (const { statement } of drops) await runScript(tx, statement)
}

// As Prisma's engine makes it, which notes in it what was applied and goes on from there.
const MIGRATIONS_TABLE = `
  CREATE TABLE _prisma_migrations (
    id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`

/** Makes the tables by these migrations, in an empty schema. The note of them comes with the rows. */
export async function makeTables(tx: Tx, migrations: readonly Migration[]): Promise<void> {
  await runScript(tx, MIGRATIONS_TABLE)
  for (const { script } of migrations) await runScript(tx, script)
}

/** Applies migrations to tables with rows, and notes each as Prisma's engine does. */
export async function applyMigrations(tx: Tx, migrations: readonly Migration[], at: Date): Promise<void> {
  for (const { name, checksum, script } of migrations) {
    await runScript(tx, script)
    await execute(tx)`
      INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
      VALUES (gen_random_uuid()::text, ${checksum}, ${name}, ${at}, ${at}, 1)`
  }
}

/** Statements that put back what was taken away. */
export type SetAside = string[]

/**
 * Takes away what rows that come all at once are faster without: foreign keys, which these rows need not keep in any order, indexes
 * that hold no constraint, and triggers, which would count what comes a second time. Returns what puts all of it back.
 */
export async function setAside(tx: Tx): Promise<SetAside> {
  const found = await query<{ drop: string; put: string }>(tx)`
  SELECT drop, put FROM (
    SELECT 2 AS turn, format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop,
      format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS put
    FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace
    UNION ALL
    SELECT 1, format('DROP INDEX %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE c.relnamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_constraint o WHERE o.conindid = i.indexrelid)
    UNION ALL
    SELECT 3, format('ALTER TABLE %s DISABLE TRIGGER USER', t.tgrelid::regclass),
      format('ALTER TABLE %s ENABLE TRIGGER USER', t.tgrelid::regclass)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal GROUP BY t.tgrelid
  ) found ORDER BY turn, put`
  for (const { drop } of found) await runScript(tx, drop)
  return found.map(({ put }) => put)
}

/** Puts back what was set aside: indexes first, which help to check the foreign keys. */
export async function putBack(tx: Tx, aside: SetAside): Promise<void> {
  for (const put of aside) await runScript(tx, put)
}

/** Lets the server learn what is in the tables now. */
export const analyse = (tx: Tx) => runScript(tx, 'ANALYZE')
