import { execute, query, type Tx } from '@/db/sql'
import type { RowProblem } from '@/domain/lead/import-ledger'
import { heldByOthers } from './gifts'

type Values = Readonly<Record<string, string>>

export type ImportedRow = {
  leadId: string
  added: boolean
  joined: boolean
  /** What it gave to empty fields. */
  fields: Values | null
  custom: Values | null
  /** All that the file said of a lead that was there before. */
  said: Values | null
  saidCustom: Values | null
}

/** Keeps who came by an import, and what it changed of them; all that it said of those that another import brought as well. */
export const insertImportedLeads = (tx: Tx, importId: string, rows: readonly ImportedRow[]) =>
  execute(tx)`
  INSERT INTO lead_import_leads (import_id, lead_id, added, joined, fields, custom, said, said_custom)
  SELECT il.import_id, il.lead_id, il.added, il.joined, il.fields, il.custom,
         CASE WHEN other.is_there THEN il.said END, CASE WHEN other.is_there THEN il."saidCustom" END
  FROM (
    SELECT ${importId}::uuid AS import_id, r."leadId" AS lead_id, r.*
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r("leadId" uuid, added boolean, joined boolean, fields jsonb, custom jsonb, said jsonb, "saidCustom" jsonb)
  ) il
  CROSS JOIN LATERAL (SELECT NOT il.added AND EXISTS (SELECT 1 FROM ${heldByOthers}) AS is_there) other`

/** Those of these leads that came by this import before, in the order of their ids. */
export const selectAlreadyImported = (
  tx: Tx,
  { importId, leadIds }: { importId: string; leadIds: readonly string[] },
) =>
  query<{ leadId: string }>(tx)`
  SELECT lead_id AS "leadId" FROM lead_import_leads
  WHERE import_id = ${importId}::uuid AND lead_id = ANY(${[...leadIds]}::uuid[]) ORDER BY lead_id`

/** Keeps rows that an import has left out. */
export const insertRefusals = (tx: Tx, importId: string, rows: readonly RowProblem[]) =>
  execute(tx)`
  INSERT INTO lead_import_refusals (import_id, line, kind, email, problem, cells)
  SELECT ${importId}::uuid, r.line, r.kind, r.email, r.problem, ARRAY(SELECT jsonb_array_elements_text(r.cells))
  FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(line int, kind text, email text, problem text, cells jsonb)`

/** Takes rows with the addresses of these leads out of what imports have left out. Runs before the leads are deleted. */
export const eraseRefusals = (tx: Tx, leadIds: readonly string[]) =>
  execute(tx)`
  DELETE FROM lead_import_refusals WHERE email IN (SELECT email FROM leads WHERE id = ANY(${[...leadIds]}::uuid[]))`
