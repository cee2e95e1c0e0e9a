import { insertCalls } from '@/db/queries/lead-generation/begin-next-call'
import { beginRunIf, insertRunSources, type NewRunSource } from '@/db/queries/lead-generation/begin-run'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { type LeadSourceName, SOURCE_LABELS } from '@/domain/lead-generation/criteria'
import type { SourceCall } from '@/lead-sources/types'
import { generationOf, loadCampaign } from '@/use-cases/campaigns/load-campaign'
import { openLeadSources } from '@/use-cases/lead-sources/open-lead-source'
import { endRun } from './end-run'
import { expireSourceCalls } from './expire-source-calls'
import { querySource } from './query-source'

/**
 * Works on one run until it is over, its campaign does not run any more, or `signal` ends the worker. Every call is in
 * the journal, so that the next worker goes on from there; done twice at once, nothing is bought twice.
 */
export async function runLeadGeneration(
  deps: Deps,
  { runId, signal }: { runId: string; signal?: AbortSignal },
): Promise<{ status: 'ended' | 'open' }> {
  const run = await deps.db.leadGenerationRun.findUnique({ where: { id: runId } })
  if (!run || !['pending', 'running'].includes(run.status)) return { status: 'ended' }
  if (run.status === 'pending') await begin(deps, run)
  await expireSourceCalls(deps)
  const rows = await deps.db.leadGenerationRunSource.findMany({ where: { runId, status: 'running' } })
  // All of them, whatever becomes of one: what goes on after the job has ended would be nobody's.
  const asked = await Promise.allSettled(rows.map(({ source }) => querySource(deps, { runId, source, signal })))
  for (const one of asked) if (one.status === 'rejected') throw one.reason
  return { status: (await endRun(deps, runId)) ? 'ended' : 'open' }
}

async function begin(deps: Deps, { id: runId, campaignId }: { id: string; campaignId: string }): Promise<void> {
  const opened = await openLeadSources(deps)
  const { leadSources, leadCriteria, maxResultsPerRun } = generationOf(await loadCampaign(deps, campaignId))
  const cap = maxResultsPerRun ?? 1
  const apis = new Set(opened.keys())
  const plans = leadSources.map((name): NewRunSource & { calls: SourceCall[] } => {
    const calls = opened.get(name)?.first(leadCriteria, { cap, apis }) ?? []
    return { source: name, cap, calls, failure: opened.has(name) ? nothingAsked(name, calls) : notThere(name) }
  })
  const at = deps.clock.now()
  await transaction(deps.sql, async (tx) => {
    if (!(await beginRunIf(tx, runId, at))) return
    await insertRunSources(tx, runId, plans, at)
    for (const { source, calls } of plans) {
      if (calls.length > 0) await insertCalls(tx, { runId, source, calls, status: 'waiting' })
    }
  })
  deps.log.info({ campaign: campaignId, run: runId, sources: leadSources }, 'run begins')
}

const notThere = (source: LeadSourceName) => ({
  kind: 'bad_key',
  message: `${SOURCE_LABELS[source]} is switched off or has no key. It was not asked. See Settings, Lead sources.`,
})

const nothingAsked = (source: LeadSourceName, calls: readonly SourceCall[]) =>
  calls.length > 0
    ? null
    : { kind: 'bad_request', message: `The criteria ask ${SOURCE_LABELS[source]} for nothing. It was not asked.` }
