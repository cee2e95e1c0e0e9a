import { lockCampaignsOfLeads } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import {
  advanceRollback,
  endRollback,
  type ImportedFacts,
  leaveBatch,
  lockRollback,
  type RollbackPlace,
  restoreLeads,
  selectImportedFacts,
  selectNextImported,
} from '@/db/queries/lead-imports/roll-back'
import { deleteBatchRow, lockBatchForDeletion, selectCampaignsOfBatch } from '@/db/queries/leads/delete-batch-row'
import { deleteLeadRows, lockLeadRows } from '@/db/queries/leads/delete-lead-rows'
import { lockImports } from '@/db/queries/leads/lock-imports'
import { IN_LINE, type Tx, transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { countFates, fateOf, type LeadFate } from '@/domain/lead-import/rollback'
import { takeTurn } from '@/lib/take-turn'

const LEADS_AT_ONCE = 500

/** Rolls an import back, some leads a transaction with their counts and place, until none is left or `signal` ends the worker. */
export async function rollBackChunks(deps: Deps, importId: string, signal?: AbortSignal): Promise<void> {
  while (!signal?.aborted) {
    const done = await takeTurn(deps.sql, 'import', () =>
      transaction(deps.sql, (tx) => rollBackSome(deps, tx, importId), IN_LINE),
    )
    if (done) return
  }
}

/** Decides and acts on the next leads; true when the rollback is over. */
async function rollBackSome({ clock, log }: Deps, tx: Tx, importId: string): Promise<boolean> {
  const state = await lockRollback(tx, importId)
  if (!state) return true
  await lockImports(tx)
  const at = clock.realNow()
  const next = await selectNextImported(tx, { importId, behind: state.place, limit: LEADS_AT_ONCE })
  const leadIds = next.map(({ leadId }) => leadId)
  const last = leadIds.at(-1)
  if (last === undefined) {
    const batchRemoved = await removeBatch(tx, state)
    await endRollback(tx, { id: importId, batchRemoved, at })
    log.info({ import: importId, batchRemoved }, 'import rolled back')
    return true
  }
  await lockCampaignsOfLeads(tx, leadIds)
  // A start that plans email for them at this moment is waited for, and seen.
  await lockLeadRows(tx, leadIds)
  const facts = await selectImportedFacts(tx, { importId, leadIds })
  const fates = await applyFates(tx, { importId, facts, at: clock.now() })
  await advanceRollback(tx, { id: importId, place: last, counts: countFates(fates, countsOf(state)), at })
  return false
}

const countsOf = ({ batchId: _, madeBatch: __, place: ___, ...counts }: RollbackPlace) => counts

type Decided = { importId: string; facts: readonly ImportedFacts[]; at: Date }

/** Takes away and gives back what is decided; returns what became of each. */
async function applyFates(tx: Tx, { importId, facts, at }: Decided): Promise<LeadFate[]> {
  const decided = facts.map((lead) => ({ leadId: lead.leadId, fate: fateOf(lead) }))
  const idsOf = (fate: LeadFate) => decided.flatMap((lead) => (lead.fate === fate ? [lead.leadId] : []))
  const removed = idsOf('removed')
  if (removed.length > 0) await deleteLeadRows(tx, removed)
  const back = idsOf('restored')
  if (back.length === 0) return decided.map(({ fate }) => fate)
  const restored = await restoreLeads(tx, { importId, leadIds: back, at })
  const left = await leaveBatch(tx, { importId, leadIds: back })
  const changed = new Set([...restored, ...left].map(({ id }) => id))
  // Somebody has changed since all that it had brought.
  return decided.map(({ leadId, fate }) => (fate === 'restored' && !changed.has(leadId) ? 'existingKept' : fate))
}

/** Deletes the batch that the import had made, where it is empty and no campaign has chosen it. */
async function removeBatch(tx: Tx, { batchId, madeBatch }: RollbackPlace): Promise<boolean> {
  if (!madeBatch || !batchId) return false
  const batch = await lockBatchForDeletion(tx, batchId)
  if (!batch || batch.leadCount > 0 || (await selectCampaignsOfBatch(tx, batchId)).length > 0) return false
  await deleteBatchRow(tx, batchId)
  return true
}
