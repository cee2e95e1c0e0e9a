import { queryOne, type Sql } from '@/db/sql'

/** Stores the sealed consent key unless there is one. Returns the one that stands: of two first starts at once both get the same. */
export async function claimConsentKey(sql: Sql, { sealed, at }: { sealed: string; at: Date }): Promise<string> {
  const row = await queryOne<{ sealed: string }>(sql)`
  INSERT INTO sealed_keys AS k (name, sealed, created_at) VALUES ('consent', ${sealed}, ${at})
  ON CONFLICT (name) DO UPDATE SET name = k.name
  RETURNING k.sealed`
  if (!row) throw new Error('The consent key was not stored')
  return row.sealed
}
