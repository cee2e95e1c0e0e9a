import { execute, type Tx } from '@/db/sql'
import type { RowProblem } from '@/domain/lead/import-ledger'

export type ImportedRow = {
  leadId: string
  added: boolean
  joined: boolean
  fields: Readonly<Record<string, string>> | null
  custom: Readonly<Record<string, string>> | null
}

/** Keeps who came by an import, and what it changed of them. */
export const insertImportedLeads = (tx: Tx, importId: string, rows: readonly ImportedRow[]) =>
  execute(tx)`
  INSERT INTO lead_import_leads (import_id, lead_id, added, joined, fields, custom)
  SELECT ${importId}::uuid, r."leadId", r.added, r.joined, r.fields, r.custom
  FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("leadId" uuid, added boolean, joined boolean, fields jsonb, custom jsonb)`

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
