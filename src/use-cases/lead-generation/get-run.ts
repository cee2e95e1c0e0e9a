import { RUN_PARTS } from '@/db/run-parts'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import type { LeadSourceName } from '@/domain/lead-generation/criteria'
import type { CallStatus } from '@/domain/lead-generation/run'
import { type RunView, toRunViews } from './run-view'

export type RunDetails = RunView & {
  campaignName: string
  /** Requests by source and state. */
  calls: { source: LeadSourceName; status: CallStatus; calls: number; paid: number }[]
  /** Paid requests whose answer was lost, with how many people each may have bought (0: not known). */
  inDoubt: { source: LeadSourceName; api: LeadSourceName; kind: string; people: number; askedAt: Date | null }[]
}

/** A run with the states of its requests. @throws {DomainError} not_found */
export async function getRun({ db, sql }: Pick<Deps, 'db' | 'sql'>, { runId }: { runId: string }): Promise<RunDetails> {
  const run = await db.leadGenerationRun.findUnique({
    where: { id: runId },
    include: { ...RUN_PARTS, campaign: { select: { name: true } } },
  })
  if (!run) throw new DomainError('not_found', 'This run does not exist any more.', { runId })
  const [calls, doubtful] = await Promise.all([
    db.leadGenerationCall.groupBy({
      by: ['source', 'status', 'paid'],
      where: { runId },
      orderBy: [{ source: 'asc' }, { status: 'asc' }],
      _count: true,
    }),
    db.leadGenerationCall.findMany({ where: { runId, status: 'in_doubt' }, orderBy: { askedAt: 'asc' } }),
  ])
  const [view] = await toRunViews(sql, [run])
  if (!view) throw new Error('The run has no view')
  const groups = new Map<string, RunDetails['calls'][number]>()
  for (const { source, status, paid, _count } of calls) {
    const key = `${source} ${status}`
    const group = groups.get(key) ?? { source, status, calls: 0, paid: 0 }
    groups.set(key, { ...group, calls: group.calls + _count, paid: group.paid + (paid ? _count : 0) })
  }
  return {
    ...view,
    campaignName: run.campaign.name,
    calls: [...groups.values()],
    inDoubt: doubtful.map(({ source, api, kind, refs, askedAt }) => ({
      source,
      api,
      kind,
      people: refs.length,
      askedAt,
    })),
  }
}
