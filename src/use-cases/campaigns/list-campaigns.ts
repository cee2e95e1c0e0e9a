import { countArchived, countCampaigns, selectCampaignPage } from '@/db/queries/campaigns/count-campaigns'
import { selectYields } from '@/db/queries/lead-generation/select-yields'
import { selectLedgers, selectNextTimes } from '@/db/queries/progress/select-ledger'
import type { Deps } from '@/deps'
import { type Ledger, ledgerOf } from '@/domain/campaign/progress'
import { type CampaignSort, CHOSEN_CAMPAIGNS_AT_MOST, isFromTop } from '@/domain/campaign/sorts'
import { CAMPAIGN_STATUSES, type CampaignStatus, type CampaignType } from '@/domain/campaign/state'
import { sumYields } from '@/domain/lead-generation/yield'
import { type AnswerNumbers, loadAnswerNumbers } from './load-answer-numbers'

export type ListCampaigns = {
  type: CampaignType
  status?: CampaignStatus
  search?: string
  sort?: CampaignSort
  /** Unless said: as the sort begins. */
  descending?: boolean | undefined
  /** Those in the archive, and no others. */
  archived?: boolean
  page?: number
  pageSize?: number
}

export type CampaignRow = AnswerNumbers & {
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
  archivedAt: Date | null
  createdAt: Date
  /** Leads of this campaign that got an email. */
  contacted: number
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
  /** In the archive, of the type and search. */
  archived: number
  /** Numbers for the tabs. */
  byType: Record<CampaignType, number>
  /** What it shows is as old as this; null: as it is now. */
  asOf: Date | null
}

/** Campaigns of one type for a list: each with its ledger and the numbers people look for. */
export async function listCampaigns(deps: Deps, input: ListCampaigns): Promise<CampaignList> {
  const { db, sql, asOf = null } = deps
  const { type, status, search, sort = 'created', archived = false, page = 1, pageSize = 25 } = input
  const { descending = isFromTop(sort) } = input
  const asked = { type, status, search, sort, descending, archived }
  const [places, totals, inArchive, sent] = await Promise.all([
    selectCampaignPage(sql, { ...asked, limit: pageSize, offset: (page - 1) * pageSize }),
    countCampaigns(sql, search),
    countArchived(sql, { type, search }),
    db.email.findFirst({ select: { id: true } }),
  ])
  const rows = await loadCampaignRows(
    deps,
    places.map(({ id }) => id),
  )
  const ofType = totals.filter((row) => row.type === type)
  const byStatus = tally(
    CAMPAIGN_STATUSES,
    ofType.map((row) => [row.status, row.found]),
  )
  const archivedByStatus = tally(
    CAMPAIGN_STATUSES,
    inArchive.map((row) => [row.status, row.count]),
  )
  const allArchived = sumOf(archivedByStatus)
  return {
    rows,
    total: status ? (archived ? archivedByStatus : byStatus)[status] : archived ? allArchived : sumOf(byStatus),
    anySent: sent !== null,
    byStatus,
    archived: allArchived,
    byType: tally(
      ['lead_generation', 'outreach', 'fully_automated'] as const,
      totals.map((row) => [row.type, row.all]),
    ),
    asOf,
  }
}

/** What an act on many campaigns needs of each: its name for people, and whether the act is one for it. */
export type ChosenCampaign = { id: string; name: string; status: CampaignStatus; archivedAt: Date | null }

/** The campaigns that a list shows under these filters, on whatever page, in its order: the first 500. */
export async function listMatchingCampaigns(
  { db, sql }: Pick<Deps, 'db' | 'sql'>,
  { type, status, search, sort = 'created', descending = isFromTop(sort), archived = false }: ListCampaigns,
): Promise<ChosenCampaign[]> {
  const asked = { type, status, search, sort, descending, archived, limit: CHOSEN_CAMPAIGNS_AT_MOST }
  const places = await selectCampaignPage(sql, asked)
  const found = await db.campaign.findMany({
    where: { id: { in: places.map(({ id }) => id) } },
    select: { id: true, name: true, status: true, archivedAt: true },
  })
  const byId = new Map(found.map((campaign) => [campaign.id, campaign]))
  return places.flatMap(({ id }) => byId.get(id) ?? [])
}

/** These campaigns, in this order, each with its ledger and the numbers people look for; those that are gone are left out. */
export async function loadCampaignRows(deps: Deps, ids: readonly string[]): Promise<CampaignRow[]> {
  const { db, sql } = deps
  const stored = await db.campaign.findMany({
    where: { id: { in: [...ids] } },
    include: { workflow: { select: { name: true, listed: true } }, emailTemplate: { select: { name: true } } },
  })
  const campaigns = ids.flatMap((id) => stored.find((campaign) => campaign.id === id) ?? [])
  const running = campaigns.flatMap(({ id, status }) => (status === 'running' ? [id] : []))
  const [counts, next, answersOf, yields, runs] = await Promise.all([
    selectLedgers(sql, ids),
    selectNextTimes(sql, running),
    loadAnswerNumbers(deps, ids),
    selectYields(sql, ids),
    db.leadGenerationRun.groupBy({ by: ['campaignId'], where: { campaignId: { in: [...ids] } }, _count: true }),
  ])
  const generationOf = ({ id, nextRunAt, maxResultsPerRun: cap }: (typeof campaigns)[number]) => {
    const { found, added, duplicate } = sumYields(yields.filter(({ campaignId }) => campaignId === id))
    const count = runs.find(({ campaignId }) => campaignId === id)?._count ?? 0
    return { found, added, duplicate, nextRunAt, runs: count, cap }
  }
  return campaigns.map((campaign): CampaignRow => {
    const own = counts.filter(({ campaignId }) => campaignId === campaign.id)
    return {
      id: campaign.id,
      name: campaign.name,
      type: campaign.campaignType,
      status: campaign.status,
      statusReason: campaign.statusReason,
      timezone: campaign.timezone,
      sequenceName: sequenceNameOf(campaign),
      leads: campaign.totalLeadsTargeted,
      ledger: ledgerOf(own),
      nextEmailAt: next.find(({ campaignId }) => campaignId === campaign.id)?.at ?? null,
      scheduledStartAt: campaign.scheduledStartAt,
      completedAt: campaign.completedAt,
      pausedAt: campaign.pausedAt,
      archivedAt: campaign.archivedAt,
      createdAt: campaign.createdAt,
      contacted: ledgerOf(own.filter(({ isFirstStep }) => isFirstStep)).sent,
      ...answersOf(campaign.id),
      generation: campaign.campaignType === 'outreach' ? null : generationOf(campaign),
    }
  })
}

const sumOf = (counts: Record<CampaignStatus, number>) =>
  CAMPAIGN_STATUSES.reduce((sum, status) => sum + counts[status], 0)

function tally<Key extends string>(keys: readonly Key[], counts: [string, number][]): Record<Key, number> {
  const sum = (key: Key) => counts.reduce((total, [name, count]) => (name === key ? total + count : total), 0)
  return Object.fromEntries(keys.map((key) => [key, sum(key)])) as Record<Key, number>
}

type Sequenced = {
  useWorkflow: boolean
  workflow: { name: string; listed: boolean } | null
  emailTemplate: { name: string } | null
}

/** "Three touches"; "Three touches, changed" where it was changed while it ran, and no edit of that workflow reaches it any more. */
function sequenceNameOf({ useWorkflow, workflow, emailTemplate }: Sequenced): string | null {
  if (!useWorkflow) return emailTemplate?.name ?? null
  if (!workflow) return null
  // What is written in a campaign has no name.
  const name = workflow.name || 'Own emails'
  return workflow.listed ? name : `${name}, changed`
}
