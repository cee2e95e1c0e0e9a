'use client'

import { shownColumns } from '@/components/lists/columns/list-columns'
import { useMayWrite } from '@/components/shell/user'
import { useNow } from '@/components/ui/clock'
import { Cell } from '@/components/ui/data/cell'
import { checkboxes, type RowSelection } from '@/components/ui/data/checkboxes'
import { type Column, DataTable } from '@/components/ui/data/data-table'
import { LedgerCell } from '@/components/ui/data/ledger'
import { formatCount } from '@/components/ui/numbers'
import { Time } from '@/components/ui/time'
import type { CampaignType } from '@/domain/campaign/state'
import { routes } from '@/routes'
import type { CampaignRow } from '../api-types'
import { bouncedWords, type FigureWords, repliedWords } from '../status/answers-text'
import { CampaignStatusChip } from '../status/campaign-status'
import { ledgerSegments, plannedTotal } from '../status/ledger-segments'
import { CAMPAIGN_COLUMNS } from './campaign-columns'
import { CampaignRowMenu } from './campaign-row-menu'
import { type CampaignSorting, sortable } from './campaign-sorting'
import { capWords, nextWords, rowFacts } from './describe-row'
import { FoundCell, PipelineCell } from './generation-cells'

const hrefOf = ({ id, status }: CampaignRow) => (status === 'draft' ? routes.editCampaign(id) : routes.campaign(id))

/** Campaigns of one type with the numbers people look for in it; cards on a narrow screen. */
export function CampaignTable({
  type,
  rows,
  columns,
  sorting,
  selection,
}: {
  type: CampaignType
  rows: readonly CampaignRow[]
  /** Those that are chosen, beside name and menu. */
  columns: readonly string[]
  sorting: CampaignSorting
  /** For those who may do something with what they choose. */
  selection: RowSelection<CampaignRow>
}) {
  const now = useNow(30_000)
  const mayWrite = useMayWrite()
  const all = [...head, ...figuresOf(type, now), created, ...(mayWrite ? [menu] : [])].map((column) =>
    sortable(column, type, sorting),
  )
  return (
    <DataTable
      caption="Campaigns"
      columns={shownColumns(CAMPAIGN_COLUMNS[type], all, columns)}
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={hrefOf}
      {...(mayWrite ? { select: checkboxes(rows, selection, { all: 'campaigns', nameOf: ({ name }) => name }) } : {})}
    />
  )
}

const isUnplanned = ({ ledger }: CampaignRow) => ledger.planned === 0
const hasNotRun = ({ generation }: CampaignRow) => !generation || generation.runs === 0

const head: readonly Column<CampaignRow>[] = [
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
]

const menu: Column<CampaignRow> = {
  key: 'menu',
  header: <span className="sr-only">More</span>,
  card: 'corner',
  className: 'sm:w-px sm:pl-0 sm:pr-2.5',
  cell: (row) => <CampaignRowMenu campaign={row} />,
}

const created: Column<CampaignRow> = {
  key: 'created',
  header: 'Made',
  card: 'third',
  cell: (row) => <Time at={row.createdAt} zone={row.timezone} zoneSaid className="whitespace-nowrap" />,
}

const leads: Column<CampaignRow> = {
  key: 'leads',
  header: 'Leads',
  card: 'third',
  omit: isUnplanned,
  cell: (row) => <Cell zero={row.leads === 0}>{row.ledger.planned > 0 ? formatCount(row.leads) : '–'}</Cell>,
}

const contacted: Column<CampaignRow> = {
  key: 'contacted',
  header: 'Contacted',
  card: 'third',
  omit: isUnplanned,
  cell: (row) => <Cell zero={row.contacted === 0}>{row.ledger.planned > 0 ? formatCount(row.contacted) : '–'}</Cell>,
}

/** A figure that reading brings; where nothing is read, it says so. */
const answers = (
  key: 'replied' | 'bounced',
  header: string,
  words: (row: CampaignRow) => FigureWords,
): Column<CampaignRow> => ({
  key,
  header,
  card: 'third',
  omit: isUnplanned,
  cell: (row) => {
    if (row.ledger.planned === 0) return <Cell zero>–</Cell>
    const { text, note } = words(row)
    return (
      <Cell zero={row[key] === 0} note={note}>
        {text}
      </Cell>
    )
  },
})
const replied = (now: Date | null) => answers('replied', 'Replied', (row) => repliedWords(row, row.timezone, now))
const bounced = answers('bounced', 'Bounced', bouncedWords)

const found = (key: 'found' | 'added' | 'duplicate', header: string): Column<CampaignRow> => ({
  key,
  header,
  card: 'third',
  omit: hasNotRun,
  cell: (row) => (
    <Cell zero={!row.generation?.[key]}>{hasNotRun(row) ? '–' : formatCount(row.generation?.[key] ?? 0)}</Cell>
  ),
})

const next = (what: 'Next email' | 'Next run' | 'Next', now: Date | null): Column<CampaignRow> => ({
  key: 'next',
  header: what,
  card: 'full',
  omit: (row) => nextWords(row, now).note === null,
  cell: (row) => <NextCell what={what} row={row} now={now} />,
})

function figuresOf(type: CampaignType, now: Date | null): Column<CampaignRow>[] {
  switch (type) {
    case 'outreach':
      return [
        {
          key: 'ledger',
          header: 'Progress',
          card: 'full',
          omit: isUnplanned,
          cell: (row) => (
            <LedgerCell segments={ledgerSegments(row.ledger)} total={plannedTotal(row.ledger)} done={row.ledger.sent} />
          ),
        },
        next('Next email', now),
        leads,
        contacted,
        replied(now),
        bounced,
      ]
    case 'lead_generation':
      return [
        { key: 'yield', header: 'Leads', card: 'full', omit: hasNotRun, cell: (row) => <FoundCell row={row} /> },
        next('Next run', now),
        found('found', 'Found'),
        found('added', 'Added'),
        found('duplicate', 'Duplicate'),
        {
          key: 'cap',
          header: 'Limit',
          card: 'hidden',
          cell: ({ generation }) => <Cell note="per source and run">{capWords(generation?.cap ?? null)}</Cell>,
        },
      ]
    case 'fully_automated':
      return [
        {
          key: 'pipeline',
          header: 'Found, then mailed',
          card: 'full',
          omit: (row) => hasNotRun(row) && isUnplanned(row),
          cell: (row) => <PipelineCell row={row} />,
        },
        next('Next', now),
        found('added', 'New leads'),
        contacted,
        replied(now),
        bounced,
      ]
  }
}

function NextCell({ what, row, now }: { what: string; row: CampaignRow; now: Date | null }) {
  const { at, text, note } = nextWords(row, now)
  const time = at && <Time at={at} zone={row.timezone} zoneSaid className="whitespace-nowrap" />
  // A card has room for one line, and none for a dash.
  const line = at || text !== '–' ? [what, ' ', time ?? text, time ? ' ' : ' · ', note] : note
  return (
    <>
      <span className="text-caption text-ink-2 sm:hidden">{line}</span>
      <span className="hidden sm:block">
        <Cell note={note}>{time ?? text}</Cell>
      </span>
    </>
  )
}
