import { RUN_PARTS } from '@/db/run-parts'
import type { Deps } from '@/deps'
import { loadCampaign } from '@/use-cases/campaigns/load-campaign'
import { type RunView, toRunViews } from './run-view'

/** A campaign's runs, the latest first. @throws {DomainError} not_found */
export async function listRuns(
  { db, sql }: Pick<Deps, 'db' | 'sql'>,
  { campaignId, page = 1, pageSize = 50 }: { campaignId: string; page?: number; pageSize?: number },
): Promise<{ rows: RunView[]; total: number }> {
  await loadCampaign({ sql }, campaignId)
  const [runs, total] = await Promise.all([
    db.leadGenerationRun.findMany({
      where: { campaignId },
      include: RUN_PARTS,
      orderBy: { dueAt: 'desc' },
      skip: (page - 1) * pageSize,
      take: pageSize,
    }),
    db.leadGenerationRun.count({ where: { campaignId } }),
  ])
  return { rows: await toRunViews(sql, runs), total }
}
