'use client'

import { useNow } from '@/components/ui/clock'
import { Cell, type Column, DataTable } from '@/components/ui/data-table'
import { LedgerCell } from '@/components/ui/ledger'
import { formatCount } from '@/components/ui/numbers'
import { Time } from '@/components/ui/time'
import type { CampaignRow } from '../api-types'
import { CampaignStatusChip } from '../campaign-status'
import { ledgerSegments, plannedTotal } from '../ledger-segments'
import { CampaignRowMenu } from './campaign-row-menu'
import { nextWords, rowFacts } from './describe-row'

const hrefOf = ({ id, status }: CampaignRow) =>
  status === 'draft' ? `/campaigns/${id}/edit?step=leads` : `/campaigns/${id}`

/** Campaigns with their ledgers and the numbers people look for; cards on a narrow screen. */
export function CampaignTable({ rows }: { rows: readonly CampaignRow[] }) {
  const now = useNow(30_000)
  return <DataTable caption="Campaigns" columns={columns(now)} rows={rows} rowKey={(row) => row.id} rowHref={hrefOf} />
}

const isUnplanned = ({ ledger }: CampaignRow) => ledger.planned === 0

const figure = (key: 'contacted' | 'replied' | 'bounced', header: string): Column<CampaignRow> => ({
  key,
  header,
  card: 'third',
  omit: isUnplanned,
  cell: (row) => <Cell zero={row[key] === 0}>{row.ledger.planned > 0 ? formatCount(row[key]) : '–'}</Cell>,
})

const columns = (now: Date | null): Column<CampaignRow>[] => [
  {
    key: 'name',
    header: 'Campaign',
    cell: (row) => (
      <span className="block pr-9 sm:pr-0">
        <Cell note={rowFacts(row)}>
          <span className="[overflow-wrap:anywhere]">{row.name}</span>
        </Cell>
      </span>
    ),
  },
  {
    key: 'status',
    header: 'Status',
    align: 'left',
    card: 'full',
    className: 'sm:max-w-[260px]',
    cell: (row) => <CampaignStatusChip campaign={row} />,
  },
  {
    key: 'ledger',
    header: 'Ledger',
    card: 'full',
    omit: isUnplanned,
    cell: (row) => (
      <LedgerCell segments={ledgerSegments(row.ledger)} total={plannedTotal(row.ledger)} done={row.ledger.sent} />
    ),
  },
  {
    key: 'next',
    header: 'Next mail',
    card: 'full',
    omit: (row) => nextWords(row, now).note === null,
    cell: (row) => <NextMail row={row} now={now} />,
  },
  figure('contacted', 'Contacted'),
  figure('replied', 'Replied'),
  figure('bounced', 'Bounced'),
  {
    key: 'menu',
    header: <span className="sr-only">More</span>,
    card: 'corner',
    className: 'sm:w-px sm:pl-0 sm:pr-2.5',
    cell: (row) => <CampaignRowMenu campaign={row} />,
  },
]

function NextMail({ row, now }: { row: CampaignRow; now: Date | null }) {
  const { at, text, note } = nextWords(row, now)
  const time = at && <Time at={at} zone={row.timezone} zoneSaid className="whitespace-nowrap" />
  // A card has room for one line, and none for a dash.
  const line = at || text !== '–' ? ['Next mail ', time ?? text, ' · ', note] : note
  return (
    <>
      <span className="text-caption text-ink-2 sm:hidden">{line}</span>
      <span className="hidden sm:block">
        <Cell note={note}>{time ?? text}</Cell>
      </span>
    </>
  )
}
