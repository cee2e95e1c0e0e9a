import { type AskedCall, insertCalls, type RunSourceKey } from '@/db/queries/lead-generation/begin-next-call'
import {
  addYield,
  lockForResponse,
  lockRun,
  type RunFacts,
  recordResponseIf,
} from '@/db/queries/lead-generation/record-response'
import {
  giveRunItsBatch,
  type HashedFound,
  insertFoundLeads,
  selectLeadsFoundBefore,
  selectLeadsSeenBefore,
} from '@/db/queries/lead-generation/store-found-leads'
import { addLeadsToBatch } from '@/db/queries/leads/add-leads-to-batch'
import { insertBatch } from '@/db/queries/leads/insert-batch'
import { lockImports } from '@/db/queries/leads/lock-imports'
import { selectSuppressedAddresses } from '@/db/queries/suppression/select-suppressed-addresses'
import { IN_LINE, type Tx, transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import type { FoundLead } from '@/domain/lead-generation/found-lead'
import { type FoundDraft, sortFound } from '@/domain/lead-generation/sort-found'
import { EMPTY_YIELD, type Yield } from '@/domain/lead-generation/yield'
import { localDate } from '@/domain/time/local-time'
import type { CallResult } from '@/lead-sources/types'
import { addressHash } from '@/lib/encryption'

/**
 * Stores a response: the call, the leads, the yield and the calls that follow, in one transaction and only once. A
 * response that comes late, after its call was in doubt or its run was stopped, still counts: it was paid for.
 */
export async function storeResponse(
  { sql, clock, config, log }: Deps,
  key: RunSourceKey,
  call: AskedCall,
  answer: CallResult,
): Promise<void> {
  const at = clock.now()
  const { found, requests, credits } = answer
  const stored = await transaction(
    sql,
    async (tx) => {
      // First, as an import does: two that insert the same addresses in a different order would wait for each other.
      await lockImports(tx)
      const { id, claim } = call
      const closed = await recordResponseIf(tx, {
        id,
        claim,
        found: found.length,
        brought: broughtBy(call, found),
        requests,
        credits,
        at,
      })
      if (!closed) return null
      await lockRun(tx, key.runId)
      const run = await lockForResponse(tx, key)
      if (!run) throw new Error(`Source ${key.source} is not one of run ${key.runId}`)
      const sorted = sortFound(found, Math.max(0, run.cap - run.found))
      const drafts = sorted.drafts.map((draft) => ({
        ...draft,
        emailHash: addressHash(config.consentKey, draft.lead.email),
      }))
      const leads = await storeLeads(tx, key, run, drafts, answer.seen, at)
      const counted: Yield = {
        ...EMPTY_YIELD,
        found: found.length,
        added: leads.added,
        duplicate: leads.existing + leads.repeated + sorted.repeated,
        existing: leads.existing,
        invalid: sorted.invalid,
        noAddress: sorted.noAddress,
        suppressed: leads.suppressed,
        overCap: sorted.overCap,
        seen: answer.seen.length,
        requests,
        credits,
        inDoubt: closed.was === 'in_doubt' ? -1 : 0,
      }
      await addYield(tx, { ...key, ...counted })
      if (answer.next.length > 0) {
        const status = run.open ? 'waiting' : 'dropped'
        await insertCalls(tx, { ...key, calls: answer.next, status })
      }
      return counted
    },
    IN_LINE,
  )
  const { added, duplicate } = stored ?? EMPTY_YIELD
  log.debug(
    { run: key.runId, source: key.source, call: call.id, found: found.length, added, duplicate, late: !stored },
    'call answered',
  )
}

async function storeLeads(
  tx: Tx,
  { runId, source }: RunSourceKey,
  run: RunFacts,
  drafts: readonly HashedFound[],
  seen: readonly string[],
  at: Date,
) {
  const entries = await selectSuppressedAddresses(
    tx,
    drafts.map(({ lead: { email }, emailHash: hash }) => ({ email, hash })),
  )
  const suppressed = new Set(entries.map(({ email }) => email))
  const mailable = drafts.filter(({ lead }) => !suppressed.has(lead.email))
  const refs = mailable.map(({ sourceRef }) => sourceRef)
  const known = await selectLeadsFoundBefore(tx, {
    source,
    emails: mailable.map(({ lead }) => lead.email),
    refs,
    batchId: run.batchId,
  })
  const byEmail = new Map(known.map((lead) => [lead.email, lead]))
  const byRef = new Map(known.flatMap((lead) => (lead.sourceRef ? [[lead.sourceRef, lead] as const] : [])))
  const knownAs = ({ lead, sourceRef }: FoundDraft) => byEmail.get(lead.email) ?? byRef.get(sourceRef)
  const fresh = mailable.filter((draft) => !knownAs(draft))
  const before = mailable.flatMap((draft) => knownAs(draft) ?? [])
  const added = fresh.length > 0 ? await insertFoundLeads(tx, fresh, { source, at }) : []
  const joining = run.addExistingLeads ? [...before, ...(await leadsSeen(tx, source, seen))] : []
  const leadIds = [...new Set([...added, ...joining].map(({ id }) => id))]
  if (leadIds.length > 0) {
    const batchId = run.batchId ?? (await makeBatch(tx, runId, run, at))
    await addLeadsToBatch(tx, { batchId, leadIds, at })
  }
  const repeated = before.filter(({ inBatch }) => inBatch).length
  // An address that became a lead between the two statements was not overwritten either.
  const existing = before.length - repeated + (fresh.length - added.length)
  return { added: added.length, existing, repeated, suppressed: drafts.length - mailable.length }
}

const leadsSeen = async (tx: Tx, source: string, refs: readonly string[]) =>
  refs.length === 0 ? [] : selectLeadsSeenBefore(tx, { source, refs })

/** The people found under the place or domain that the call was about; a person whom it asked for is among its refs already. */
const broughtBy = ({ refs }: AskedCall, found: readonly FoundLead[]): string[] =>
  found.flatMap(({ sourceRef, email }) => (email !== null && !refs.includes(sourceRef) ? [sourceRef] : []))

async function makeBatch(tx: Tx, runId: string, run: RunFacts, at: Date): Promise<string> {
  const { campaignId, campaignName, campaignType, timezone } = run
  const name = `${campaignName}, ${localDate(run.startedAt ?? at, timezone)}`
  const description = `Found by "${campaignName}".`
  const batch = await insertBatch(tx, { name, description, at })
  if (!batch) throw new Error('The batch was not inserted')
  const linked = campaignType === 'fully_automated'
  // A stopped or failed campaign has given its batches back; its late answers must not take one again.
  const held = ['running', 'paused'].includes(run.campaignStatus)
  await giveRunItsBatch(tx, { runId, batchId: batch.id, campaignId, held, linked, at })
  return batch.id
}
