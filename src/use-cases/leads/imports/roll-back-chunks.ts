import { lockCampaignsOfLeads } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import { lockEmailsOfLeads } from '@/db/queries/delivery/lock-emails-of-leads'
import {
  advanceRollback,
  endRollback,
  type ImportedFacts,
  lockRollback,
  type RollbackPlace,
  selectImportedFacts,
  selectNextImported,
} from '@/db/queries/lead-imports/roll-back'
import { handOn, keepUnchanged, leaveBatch, restoreLeads } from '@/db/queries/lead-imports/take-back'
import {
  countLeadsOfBatch,
  deleteBatchRow,
  lockBatchForDeletion,
  selectCampaignsOfBatch,
} from '@/db/queries/leads/delete-batch-row'
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
  // None is claimed with what is taken back of its lead.
  await lockEmailsOfLeads(tx, leadIds)
  const facts = await selectImportedFacts(tx, { importId, leadIds })
  const fates = await applyFates(tx, { importId, facts, at: clock.now() })
  await advanceRollback(tx, { id: importId, place: last, counts: countFates(fates, countsOf(state)), at })
  return false
}

const countsOf = ({ batchId: _, madeBatch: __, place: ___, ...counts }: RollbackPlace) => counts

type Decided = { importId: string; facts: readonly ImportedFacts[]; at: Date }

/** Takes away and gives back what is decided; returns what became of each. */
async function applyFates(tx: Tx, { importId, facts, at }: Decided): Promise<LeadFate[]> {
  const decided = facts.map((lead) => ({ ...lead, fate: fateOf(lead) }))
  const idsOf = (fits: (lead: (typeof decided)[number]) => boolean) => decided.filter(fits).map(({ leadId }) => leadId)
  const removed = idsOf(({ fate }) => fate === 'removed')
  if (removed.length > 0) await deleteLeadRows(tx, removed)
  // Who stays because another import brought them, too, keeps nothing that this one alone had brought.
  const back = idsOf(({ fate, otherImport }) => fate === 'restored' || (fate === 'keptElsewhere' && otherImport))
  if (back.length > 0) {
    const written = await restoreLeads(tx, { importId, leadIds: back, at })
    if (written.length > 0) await keepUnchanged(tx, { written, at })
    await leaveBatch(tx, { importId, leadIds: back })
  }
  const shared = idsOf(({ fate, otherImport }) => otherImport && HANDED_ON.has(fate))
  if (shared.length > 0) await handOn(tx, { importId, leadIds: shared })
  return decided.map(({ fate }) => fate)
}

// What an email was made of, or somebody has changed, is theirs from then on.
const HANDED_ON: ReadonlySet<LeadFate> = new Set(['keptElsewhere', 'restored', 'existingElsewhere'])

/** Deletes the batch that the import had made, where it is empty and no campaign has chosen it. */
async function removeBatch(tx: Tx, { batchId, madeBatch }: RollbackPlace): Promise<boolean> {
  if (!madeBatch || !batchId || !(await lockBatchForDeletion(tx, batchId))) return false
  if ((await countLeadsOfBatch(tx, batchId)) > 0 || (await selectCampaignsOfBatch(tx, batchId)).length > 0) return false
  await deleteBatchRow(tx, batchId)
  return true
}
