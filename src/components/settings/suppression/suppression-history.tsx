'use client'

import { Card, CardHeader } from '@/components/ui/card'
import { Cell } from '@/components/ui/data/cell'
import { type Column, DataTable } from '@/components/ui/data/data-table'
import { Time } from '@/components/ui/time'
import { api } from '@/trpc/react'
import type { SuppressionRemoval } from '../api-types'
import { reasonLabel } from './suppression-text'

/** What was taken off the list: who did it, when and why. Nothing as long as nothing was. */
export function SuppressionHistory({ zone }: { zone: string }) {
  const removals = api.suppression.removals.useQuery().data ?? []
  if (removals.length === 0) return null
  return (
    <Card aria-labelledby="removals">
      <CardHeader id="removals" title="Taken off the list" />
      <DataTable isList caption="Taken off the list" columns={columns(zone)} rows={removals} rowKey={({ id }) => id} />
    </Card>
  )
}

const columns = (zone: string): Column<SuppressionRemoval>[] => [
  {
    key: 'value',
    header: 'Address or domain',
    cell: ({ value, reason }) => (
      <Cell note={`was on it as: ${reasonLabel(reason).toLowerCase()}`}>
        <span className="font-medium [overflow-wrap:anywhere]">
          {value ?? <span className="font-normal text-ink-3">erased with its lead</span>}
        </span>
      </Cell>
    ),
  },
  {
    key: 'why',
    header: 'Why',
    align: 'left',
    cell: ({ why, by }) => (
      <Cell note={by ? `by ${by}` : null}>
        <span className="[overflow-wrap:anywhere]">{why}</span>
      </Cell>
    ),
  },
  {
    key: 'removed',
    header: `Taken off (${zone})`,
    cell: ({ removedAt }) => <Time at={removedAt} zone={zone} zoneSaid className="whitespace-nowrap" />,
  },
]
