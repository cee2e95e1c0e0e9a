import { execute, queryCount, queryOne, runScript, type Tx } from '@/db/sql'

/**
 * Remembers, until the transaction ends, what the suppression list says that is about to be replaced, and under which key. A list of an earlier
 * version lacks hashes. Returns whether there is one: a table of that name which is not ours is none.
 */
export async function rememberOptOuts(tx: Tx): Promise<boolean> {
  const list = await queryOne<{ columns: number; keys: boolean }>(tx)`
  SELECT count(*)::int AS columns, to_regclass('public.sealed_keys') IS NOT NULL AS keys
  FROM information_schema.columns
  WHERE table_schema = 'public' AND table_name = 'suppressions' AND to_regclass('public._prisma_migrations') IS NOT NULL
    AND (column_name, data_type) IN (('kind', 'text'), ('value', 'text'), ('reason', 'text'), ('source', 'text'),
                                     ('created_at', 'timestamp with time zone'))`
  if (list?.columns !== 5) return false
  await runScript(
    tx,
    `CREATE TEMP TABLE replaced_opt_outs ON COMMIT DROP AS
     SELECT kind, value, to_jsonb(s) ->> 'value_hash' AS value_hash, reason, source, created_at FROM public.suppressions s
     WHERE kind IN ('address', 'domain');
     CREATE TEMP TABLE replaced_keys ON COMMIT DROP AS
     ${list.keys ? "SELECT sealed FROM public.sealed_keys WHERE name = 'consent'" : "SELECT ''::text AS sealed WHERE false"}`,
  )
  return true
}

/** Whether the remembered hashes were made with the restored key: it is the same sealed one, or has made the same hash of an address. */
export async function hasSameConsentKey(tx: Tx): Promise<boolean> {
  const row = await queryOne<{ same: boolean }>(tx)`
  SELECT EXISTS (SELECT FROM replaced_keys r JOIN public.sealed_keys k USING (sealed) WHERE k.name = 'consent')
      OR EXISTS (SELECT FROM replaced_opt_outs r JOIN public.suppressions s USING (value, value_hash))
      OR EXISTS (SELECT FROM replaced_opt_outs r JOIN public.leads l ON l.email = r.value AND l.email_hash = r.value_hash) AS same`
  return row?.same ?? false
}

/**
 * Puts what was remembered on the list, where it is not there. With another key addresses come without their hash, which the next start
 * makes, and those of which a hash alone is left stay away. Returns how many are new.
 */
export const insertRememberedOptOuts = (tx: Tx, { sameKey }: { sameKey: boolean }) =>
  execute(tx)`
  INSERT INTO public.suppressions (kind, value, value_hash, reason, source, created_at)
  SELECT kind, value, CASE WHEN ${sameKey} THEN value_hash END, reason, source, created_at
  FROM replaced_opt_outs WHERE value IS NOT NULL OR ${sameKey}
  ON CONFLICT DO NOTHING`

/** Count of the remembered entries of which a hash alone is left. */
export const countRememberedHashes = (tx: Tx) =>
  queryCount(tx)`SELECT count(*)::int AS count FROM replaced_opt_outs WHERE value IS NULL`
