import { execute, type Tx } from '@/db/sql'

/**
 * Takes the addresses of these leads, and those that their emails went to, out of the suppression list, its removals, the
 * journal of lead generation and the sandbox inbox; entries of the list stay under their keyed hashes. An address that another lead has stays. Runs before the leads are
 * deleted, with every address hashed.
 */
export const eraseAddressesOfLeads = (tx: Tx, leadIds: readonly string[]) =>
  execute(tx)`
  WITH address AS MATERIALIZED (
    SELECT a.email FROM (SELECT email FROM leads WHERE id = ANY(${[...leadIds]}::uuid[])
                         UNION
                         SELECT to_email FROM emails WHERE lead_id = ANY(${[...leadIds]}::uuid[])) a
    WHERE NOT EXISTS (SELECT 1 FROM leads o WHERE o.email = a.email AND o.id <> ALL(${[...leadIds]}::uuid[]))
  ), removal AS (
    UPDATE suppression_removals SET value = NULL
    WHERE kind = 'address' AND value IN (SELECT email FROM address) AND value_hash IS NOT NULL
  ), brought AS (
    UPDATE lead_generation_calls
    SET refs = ARRAY(SELECT ref FROM unnest(refs) AS r(ref) WHERE split_part(ref, '#', 2) NOT IN (SELECT email FROM address))
    WHERE status IN ('answered', 'in_doubt')
      AND EXISTS (SELECT 1 FROM unnest(refs) AS r(ref) WHERE split_part(ref, '#', 2) IN (SELECT email FROM address))
  ), copy AS (
    DELETE FROM sandbox_messages WHERE to_email IN (SELECT email FROM address)
  )
  UPDATE suppressions SET value = NULL
  WHERE kind = 'address' AND value IN (SELECT email FROM address) AND value_hash IS NOT NULL`
