'use client'

import { AtSign, Globe, Trash2 } from 'lucide-react'
import { shownColumns } from '@/components/lists/columns/list-columns'
import { IconButton } from '@/components/ui/button'
import { Cell } from '@/components/ui/data/cell'
import { type Column, DataTable } from '@/components/ui/data/data-table'
import { Time } from '@/components/ui/time'
import type { SuppressionEntry } from '../api-types'
import { SUPPRESSION_COLUMNS } from './suppression-columns'
import { originWords } from './suppression-text'

export function SuppressionTable({
  entries,
  zone,
  keys,
  onRemove,
}: {
  entries: readonly SuppressionEntry[]
  zone: string
  /** Columns beside the address or domain. */
  keys: readonly string[]
  onRemove: (entry: SuppressionEntry) => void
}) {
  return (
    <DataTable
      isList
      caption="Suppression list"
      columns={shownColumns(SUPPRESSION_COLUMNS, columns(zone, onRemove), keys)}
      rows={entries}
      rowKey={({ id }) => id}
    />
  )
}

const columns = (zone: string, onRemove: (entry: SuppressionEntry) => void): Column<SuppressionEntry>[] => [
  {
    key: 'value',
    header: 'Address or domain',
    cell: ({ kind, value }) => {
      const Icon = kind === 'domain' ? Globe : AtSign
      return (
        <span className="flex items-start gap-2 pr-9 sm:pr-0">
          <Icon aria-hidden className="mt-[3px] size-3.5 shrink-0 text-ink-3" />
          <span className="min-w-0">
            <Cell
              note={kind === 'domain' ? 'everybody at this domain' : value === null ? 'known by its keyed hash' : null}
            >
              <span className="font-medium [overflow-wrap:anywhere]">
                {value ?? <span className="font-normal text-ink-3">erased with its lead</span>}
              </span>
            </Cell>
          </span>
        </span>
      )
    },
  },
  {
    key: 'reason',
    header: 'Reason',
    align: 'left',
    cell: (entry) => {
      const { why, how } = originWords(entry)
      return <Cell note={how}>{why}</Cell>
    },
  },
  {
    key: 'added',
    header: `Since (${zone})`,
    cell: ({ createdAt }) => <Time at={createdAt} zone={zone} zoneSaid className="whitespace-nowrap" />,
  },
  {
    key: 'remove',
    header: <span className="sr-only">Remove</span>,
    card: 'corner',
    className: 'sm:w-px sm:pl-0 sm:pr-2.5',
    cell: (entry) => (
      <IconButton icon={Trash2} label={`Remove ${entry.value ?? 'this entry'}`} onClick={() => onRemove(entry)} />
    ),
  },
]
