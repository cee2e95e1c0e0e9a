import { lockCampaignsOfLeads } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import { advanceImport, type Batch, lockImportAt, setMadeBatch } from '@/db/queries/lead-imports/advance-import'
import { type ImportedRow, insertImportedLeads, insertRefusals } from '@/db/queries/lead-imports/record-imported'
import { addLeadsToBatch } from '@/db/queries/leads/add-leads-to-batch'
import { fillLeads } from '@/db/queries/leads/fill-leads'
import { insertBatch, lockBatch } from '@/db/queries/leads/insert-batch'
import { insertLeads } from '@/db/queries/leads/insert-leads'
import { lockImports } from '@/db/queries/leads/lock-imports'
import { keepLeads, selectLeadsByEmail } from '@/db/queries/leads/select-leads-by-email'
import type { Tx } from '@/db/sql'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { countLeads, type ImportLedger } from '@/domain/lead/import-ledger'
import { type LeadChunk, type NumberedLead, withoutSuppressed } from './read-lead-chunks'

/**
 * Stores a chunk of an import that stands at `place`, counts it and moves the place, all in this transaction. Returns its ledger, or
 * null when the import has ended or somebody else has gone on with it. @throws {DomainError} not_found
 */
export async function storeChunk(
  { clock }: Pick<Deps, 'clock'>,
  tx: Tx,
  { id, place }: { id: string; place: number },
  chunk: LeadChunk,
): Promise<{ ledger: ImportLedger; batch: Batch } | null> {
  const known = await lockImportAt(tx, { id, place })
  if (!known) return null
  await lockImports(tx)
  const at = clock.now()
  const leads = await withoutSuppressed(tx, chunk)
  const { ledger } = chunk
  // A file without one fit row leaves no empty batch behind.
  const batch = leads.length > 0 ? await openBatch(tx, id, known, at) : known
  let filled = 0
  if (leads.length > 0 && batch.batchId)
    filled = await storeLeads(tx, { importId: id, batchId: batch.batchId, at }, leads, ledger)
  if (ledger.problems.length > 0) await insertRefusals(tx, id, ledger.problems)
  const { problems: _, changes: __, listed: ___, ...counts } = ledger
  await advanceImport(tx, { id, ...counts, filled, at: clock.realNow() })
  return { ledger, batch }
}

async function openBatch(tx: Tx, id: string, known: Batch, at: Date): Promise<Batch> {
  if (known.batchId) {
    const batch = await lockBatch(tx, known.batchId)
    if (batch) return { batchId: batch.id, batchName: batch.name }
    throw new DomainError('not_found', BATCH_GONE, { batchId: known.batchId })
  }
  const batch = await insertBatch(tx, { name: known.batchName ?? 'Imported leads', description: null, at })
  if (!batch) throw new Error('The batch was not inserted')
  const made = { batchId: batch.id, batchName: batch.name }
  await setMadeBatch(tx, { id, ...made })
  return made
}

const BATCH_GONE =
  'The batch of this import was deleted meanwhile. What had come in before stays. Choose another batch for the file.'

type Into = { importId: string; batchId: string; at: Date }

/** Adds the leads that are new and fills the others; returns how many were filled. */
async function storeLeads(tx: Tx, { importId, batchId, at }: Into, numbered: NumberedLead[], ledger: ImportLedger) {
  const leads = numbered.map(({ lead }) => lead)
  const added = await insertLeads(tx, leads, { source: 'csv', at, batchId })
  const isNew = new Set(added.map(({ email }) => email))
  const others = new Map(leads.filter(({ email }) => !isNew.has(email)).map((lead) => [lead.email, lead]))
  const existing = others.size > 0 ? await selectLeadsByEmail(tx, [...others.keys()]) : []
  const mailedBefore = added.filter(({ lastContactedAt }) => lastContactedAt !== null).length
  countLeads(ledger, { added: added.length, existing: others.size, mailedBefore })
  const rows: ImportedRow[] = added.map(({ id }) => ({
    leadId: id,
    added: true,
    joined: true,
    fields: null,
    custom: null,
  }))
  if (existing.length > 0) {
    const ids = existing.map(({ id }) => id)
    // Results of emails to them wait from here to the commit.
    await lockCampaignsOfLeads(tx, ids)
    const left = new Set((await keepLeads(tx, ids)).map(({ id }) => id))
    const joined = new Set((await addLeadsToBatch(tx, { batchId, leadIds: [...left], at })).map(({ leadId }) => leadId))
    const filled = new Map((await fillLeads(tx, [...others.values()], at)).map((lead) => [lead.id, lead]))
    for (const id of left) {
      const { fields = null, custom = null } = filled.get(id) ?? {}
      rows.push({ leadId: id, added: false, joined: joined.has(id), fields, custom })
    }
  }
  await insertImportedLeads(tx, importId, rows)
  return rows.filter(({ fields, custom }) => fields || custom).length
}
