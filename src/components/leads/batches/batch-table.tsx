'use client'

import Link from 'next/link'
import { CampaignStatusChip } from '@/components/campaigns/status/campaign-status'
import { shownColumns } from '@/components/lists/columns/list-columns'
import { OwnTimeAgo } from '@/components/time/own-time'
import { Cell } from '@/components/ui/data/cell'
import { type Column, DataTable } from '@/components/ui/data/data-table'
import { formatCount, formatOf } from '@/components/ui/numbers'
import { routes } from '@/routes'
import type { BatchRow } from '../api-types'
import { BATCH_COLUMNS } from './batch-columns'

/** Batches, with the columns that are chosen; cards on a narrow screen. */
export function BatchTable({ rows, columns }: { rows: readonly BatchRow[]; columns: readonly string[] }) {
  return (
    <DataTable
      caption="Batches"
      columns={shownColumns(BATCH_COLUMNS, COLUMNS, columns)}
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => routes.batch(row.id)}
    />
  )
}

const COLUMNS: Column<BatchRow>[] = [
  {
    key: 'name',
    header: 'Batch',
    cell: (row) => (
      <Cell note={row.description && <span className="line-clamp-1">{row.description}</span>}>
        <span className="[overflow-wrap:anywhere]">{row.name}</span>
      </Cell>
    ),
  },
  {
    key: 'campaign',
    header: 'In use by',
    align: 'left',
    card: 'full',
    cell: (row) => <Holder batch={row} />,
  },
  {
    key: 'leads',
    header: 'Leads',
    card: 'third',
    cell: (row) => <Cell zero={row.leadCount === 0}>{formatCount(row.leadCount)}</Cell>,
  },
  {
    key: 'campaigns',
    header: 'Campaigns',
    card: 'third',
    cell: (row) => <Cell zero={row.campaignCount === 0}>{formatCount(row.campaignCount)}</Cell>,
  },
  {
    key: 'created',
    header: 'Made',
    card: 'third',
    cell: (row) => <OwnTimeAgo at={row.createdAt} everyMs={60_000} />,
  },
]

function Holder({ batch: { activeCampaign, campaignCount } }: { batch: BatchRow }) {
  if (!activeCampaign) {
    return (
      <span className="text-ink-3">
        {campaignCount > 0 ? `Free, used by ${formatOf(campaignCount, 'campaign')}` : 'Free'}
      </span>
    )
  }
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
      <Link
        href={routes.campaign(activeCampaign.id)}
        className="rounded-small font-medium text-accent [overflow-wrap:anywhere] hover:underline"
      >
        {activeCampaign.name}
      </Link>
      <CampaignStatusChip campaign={{ status: activeCampaign.status, statusReason: null }} />
    </span>
  )
}
