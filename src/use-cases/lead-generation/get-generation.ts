import { selectYields } from '@/db/queries/lead-generation/select-yields'
import { RUN_PARTS } from '@/db/run-parts'
import type { Deps } from '@/deps'
import type { CampaignType } from '@/domain/campaign/state'
import { type LeadSourceName, SOURCE_LABELS } from '@/domain/lead-generation/criteria'
import { sumYields, type Yield } from '@/domain/lead-generation/yield'
import { type RunView, toRunViews } from './run-view'

/** The half of a campaign that finds leads; null for one that has none. */
export type Generation = {
  nextRunAt: Date | null
  endDate: Date | null
  /** Runs so far, whatever became of them. */
  runs: number
  /** The run that is under way. */
  running: RunView | null
  /** The latest run that is over. */
  last: RunView | null
  totals: Yield
  bySource: (Yield & { source: LeadSourceName; label: string })[]
  /** Batches whose emails are planned later. */
  upcoming: { runId: string; batchName: string; leads: number; outreachAt: Date }[]
}

type Generating = { id: string; campaignType: CampaignType; nextRunAt: Date | null; endDate: Date | null }

/**
 * The lead generation of a campaign for its page: runs, yields by source, and batches whose outreach is to come; null
 * for a campaign that emails the leads of chosen batches.
 */
export async function getGeneration({ db, sql }: Deps, campaign: Generating): Promise<Generation | null> {
  if (campaign.campaignType === 'outreach') return null
  const campaignId = campaign.id
  const [runs, running, last, yields, upcoming] = await Promise.all([
    db.leadGenerationRun.count({ where: { campaignId } }),
    db.leadGenerationRun.findFirst({
      where: { campaignId, status: { in: ['pending', 'running'] } },
      include: RUN_PARTS,
      orderBy: { dueAt: 'asc' },
    }),
    db.leadGenerationRun.findFirst({
      where: { campaignId, status: { notIn: ['pending', 'running'] } },
      include: RUN_PARTS,
      orderBy: { dueAt: 'desc' },
    }),
    selectYields(sql, [campaignId]),
    db.leadGenerationRun.findMany({
      where: { campaignId, status: 'completed', outreachAt: { not: null }, plannedAt: null },
      include: RUN_PARTS,
      orderBy: { outreachAt: 'asc' },
      take: 50,
    }),
  ])
  const views = await toRunViews(sql, [...(running ? [running] : []), ...(last ? [last] : []), ...upcoming])
  const viewOf = (run: { id: string } | null) => views.find(({ id }) => id === run?.id) ?? null
  return {
    nextRunAt: campaign.nextRunAt,
    endDate: campaign.endDate,
    runs,
    running: viewOf(running),
    last: viewOf(last),
    totals: sumYields(yields),
    bySource: yields.map(({ campaignId: _, runs: _runs, ...row }) => ({ ...row, label: SOURCE_LABELS[row.source] })),
    upcoming: upcoming.flatMap((run) => {
      const batch = viewOf(run)?.batch
      return batch && run.outreachAt
        ? [{ runId: run.id, batchName: batch.name, leads: batch.leads, outreachAt: run.outreachAt }]
        : []
    }),
  }
}
