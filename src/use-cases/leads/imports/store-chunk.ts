import { lockCampaignsOfLeads } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import { advanceImport, type Batch, lockImportAt, setMadeBatch } from '@/db/queries/lead-imports/advance-import'
import {
  type ImportedRow,
  insertImportedLeads,
  insertRefusals,
  selectAlreadyImported,
} from '@/db/queries/lead-imports/record-imported'
import { keepUnchanged } from '@/db/queries/lead-imports/take-back'
import { addLeadsToBatch } from '@/db/queries/leads/add-leads-to-batch'
import { fillLeads } from '@/db/queries/leads/fill-leads'
import { insertBatch, lockBatch } from '@/db/queries/leads/insert-batch'
import { insertLeads } from '@/db/queries/leads/insert-leads'
import type { HashedLead } from '@/db/queries/leads/lead-records'
import { lockImports } from '@/db/queries/leads/lock-imports'
import { keepLeads, selectLeadsByEmail } from '@/db/queries/leads/select-leads-by-email'
import type { Tx } from '@/db/sql'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { LEAD_DETAILS } from '@/domain/lead/fields'
import { countLeads, countProblem, type ImportLedger } from '@/domain/lead/import-ledger'
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
async function storeLeads(tx: Tx, into: Into, numbered: NumberedLead[], ledger: ImportLedger) {
  const { importId, batchId, at } = into
  const leads = numbered.map(({ lead }) => lead)
  const added = await insertLeads(tx, leads, { source: 'csv', at, batchId })
  const isNew = new Set(added.map(({ email }) => email))
  const mailedBefore = added.filter(({ lastContactedAt }) => lastContactedAt !== null).length
  const others = await withoutOwn(
    tx,
    importId,
    numbered.filter(({ lead }) => !isNew.has(lead.email)),
    ledger,
  )
  countLeads(ledger, { added: added.length, existing: others.length, mailedBefore })
  const known = others.flatMap(({ id, lead }) => (id === null ? [] : [{ id, lead }]))
  const rows = [
    ...added.map(({ id }): ImportedRow => ({ ...NOTHING_OF_BEFORE, leadId: id })),
    ...(await fillKnown(tx, into, known)),
  ]
  await insertImportedLeads(tx, importId, rows)
  return rows.filter(({ fields, custom }) => fields || custom).length
}

const NOTHING_OF_BEFORE = { added: true, joined: true, fields: null, custom: null, said: null, saidCustom: null }

type Other = NumberedLead & { id: string | null }

/**
 * Rows of leads that were there before, with their ids; null for one that was deleted meanwhile. A lead that came by this import, and got
 * the address of a later row from a person since, is left out as the repetition that it is.
 */
async function withoutOwn(tx: Tx, importId: string, rows: NumberedLead[], ledger: ImportLedger): Promise<Other[]> {
  if (rows.length === 0) return []
  const existing = await selectLeadsByEmail(
    tx,
    rows.map(({ lead }) => lead.email),
  )
  const leadIds = existing.map(({ id }) => id)
  const own = new Set((await selectAlreadyImported(tx, { importId, leadIds })).map(({ leadId }) => leadId))
  const idOf = new Map(existing.map(({ id, email }) => [email, id]))
  return rows.flatMap((row) => {
    const id = idOf.get(row.lead.email) ?? null
    if (id === null || !own.has(id)) return [{ ...row, id }]
    const { line, cells, lead } = row
    countProblem(ledger, { line, cells, email: lead.email, kind: 'duplicate', problem: SAME_LEAD })
    return []
  })
}

const SAME_LEAD = 'A line above brought this lead, which has got this address since'

/** Fills leads that were there before, and puts them into the batch. Returns what is to be known of them. */
async function fillKnown(
  tx: Tx,
  { batchId, at }: Into,
  known: readonly { id: string; lead: HashedLead }[],
): Promise<ImportedRow[]> {
  if (known.length === 0) return []
  const ids = known.map(({ id }) => id)
  // Results of emails to them wait from here to the commit.
  await lockCampaignsOfLeads(tx, ids)
  const left = new Set((await keepLeads(tx, ids)).map(({ id }) => id))
  const joined = new Set((await addLeadsToBatch(tx, { batchId, leadIds: [...left], at })).map(({ leadId }) => leadId))
  const written = await fillLeads(
    tx,
    known.map(({ lead }) => lead),
    at,
  )
  if (written.length > 0) await keepUnchanged(tx, { written: written.map(({ id, was }) => ({ id, was })), at })
  const filled = new Map(written.map((lead) => [lead.id, lead]))
  return known
    .filter(({ id }) => left.has(id))
    .map(({ id, lead }) => {
      const { fields = null, custom = null } = filled.get(id) ?? {}
      return { leadId: id, added: false, joined: joined.has(id), fields, custom, ...saidOf(lead) }
    })
}

const saidOf = (lead: HashedLead) => ({
  said: Object.fromEntries(LEAD_DETAILS.flatMap((field) => (lead[field] === null ? [] : [[field, lead[field]]]))),
  saidCustom: lead.customFields,
})
