import { countPeople } from '@/db/queries/campaigns/count-people'
import { selectYields } from '@/db/queries/lead-generation/select-yields'
import { selectLedgers } from '@/db/queries/progress/select-ledger'
import type { Deps } from '@/deps'
import { type Ledger, ledgerOf } from '@/domain/campaign/progress'
import { CAMPAIGN_STATUSES, type CampaignStatus, type CampaignType } from '@/domain/campaign/state'
import { sumYields } from '@/domain/lead-generation/yield'

export type ListCampaigns = {
  type: CampaignType
  status?: CampaignStatus
  search?: string
  sort?: 'created' | 'name'
  page?: number
  pageSize?: number
}

export type CampaignRow = {
  id: string
  name: string
  type: CampaignType
  status: CampaignStatus
  statusReason: string | null
  timezone: string
  sequenceName: string | null
  leads: number
  ledger: Ledger
  nextEmailAt: Date | null
  scheduledStartAt: Date | null
  completedAt: Date | null
  pausedAt: Date | null
  createdAt: Date
  /** Leads of this campaign that got an email, and what became of them; `bounced` with those refused at sending. */
  contacted: number
  replied: number
  bounced: number
  unsubscribed: number
  /** What its runs found; null for a campaign that has none. `cap`: leads that each source may find in one run. */
  generation: {
    found: number
    added: number
    duplicate: number
    nextRunAt: Date | null
    runs: number
    cap: number | null
  } | null
}

export type CampaignList = {
  rows: CampaignRow[]
  total: number
  /** An email of some campaign has left. */
  anySent: boolean
  /** Numbers for the status chips, over the whole type and search. */
  byStatus: Record<CampaignStatus, number>
  /** Numbers for the tabs. */
  byType: Record<CampaignType, number>
}

/** Campaigns of one type for a list: each with its ledger and the numbers people look for. */
export async function listCampaigns({ db, sql }: Deps, input: ListCampaigns): Promise<CampaignList> {
  const { type, status, search, sort = 'created', page = 1, pageSize = 25 } = input
  const matching = matchingCampaigns(type, search)
  const where = { ...matching, ...(status ? { status } : {}) }
  const [campaigns, total, statuses, types, sent] = await Promise.all([
    db.campaign.findMany({
      where,
      include: { workflow: { select: { name: true } }, emailTemplate: { select: { name: true } } },
      orderBy: sort === 'name' ? { name: 'asc' } : { createdAt: 'desc' },
      skip: (page - 1) * pageSize,
      take: pageSize,
    }),
    db.campaign.count({ where }),
    db.campaign.groupBy({ by: ['status'], where: matching, _count: true }),
    db.campaign.groupBy({ by: ['campaignType'], where: { archivedAt: null }, _count: true }),
    db.email.findFirst({ select: { id: true } }),
  ])
  const ids = campaigns.map(({ id }) => id)
  const [counts, next, people, yields, runs] = await Promise.all([
    selectLedgers(sql, ids),
    db.scheduledEmail.groupBy({
      by: ['campaignId'],
      where: { campaignId: { in: ids }, status: 'pending' },
      _min: { scheduledFor: true },
    }),
    countPeople(sql, ids),
    selectYields(sql, ids),
    db.leadGenerationRun.groupBy({ by: ['campaignId'], where: { campaignId: { in: ids } }, _count: true }),
  ])
  const generationOf = ({ id, nextRunAt, maxResultsPerRun: cap }: (typeof campaigns)[number]) => {
    const { found, added, duplicate } = sumYields(yields.filter(({ campaignId }) => campaignId === id))
    const count = runs.find(({ campaignId }) => campaignId === id)?._count ?? 0
    return { found, added, duplicate, nextRunAt, runs: count, cap }
  }
  const rows = campaigns.map((campaign): CampaignRow => {
    const ledger = ledgerOf(counts.filter(({ campaignId }) => campaignId === campaign.id))
    const counted = people.find(({ campaignId }) => campaignId === campaign.id)
    const nextAt = next.find(({ campaignId }) => campaignId === campaign.id)?._min.scheduledFor ?? null
    return {
      id: campaign.id,
      name: campaign.name,
      type: campaign.campaignType,
      status: campaign.status,
      statusReason: campaign.statusReason,
      timezone: campaign.timezone,
      sequenceName: (campaign.useWorkflow ? campaign.workflow : campaign.emailTemplate)?.name ?? null,
      leads: campaign.totalLeadsTargeted,
      ledger,
      nextEmailAt: campaign.status === 'running' ? nextAt : null,
      scheduledStartAt: campaign.scheduledStartAt,
      completedAt: campaign.completedAt,
      pausedAt: campaign.pausedAt,
      createdAt: campaign.createdAt,
      contacted: counted?.contacted ?? 0,
      replied: counted?.replied ?? 0,
      bounced: counted?.bounced ?? 0,
      unsubscribed: counted?.unsubscribed ?? 0,
      generation: campaign.campaignType === 'outreach' ? null : generationOf(campaign),
    }
  })
  return {
    rows,
    total,
    anySent: sent !== null,
    byStatus: tally(
      CAMPAIGN_STATUSES,
      statuses.map((row) => [row.status, row._count]),
    ),
    byType: tally(
      ['lead_generation', 'outreach', 'fully_automated'] as const,
      types.map((row) => [row.campaignType, row._count]),
    ),
  }
}

/** The condition on campaigns of a type whose name, workflow or batch holds `search`. */
const matchingCampaigns = (type: CampaignType | undefined, search: string | undefined) => {
  const contains = { contains: search, mode: 'insensitive' as const }
  const found = [
    { name: contains },
    { workflow: { name: contains } },
    { batches: { some: { batch: { name: contains } } } },
  ]
  return { campaignType: type, archivedAt: null, ...(search ? { OR: found } : {}) }
}

function tally<Key extends string>(keys: readonly Key[], counts: [string, number][]): Record<Key, number> {
  const found = new Map(counts)
  return Object.fromEntries(keys.map((key) => [key, found.get(key) ?? 0])) as Record<Key, number>
}
