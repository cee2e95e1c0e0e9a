'use client'

import { skipToken } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { api } from '@/trpc/react'
import { leadSourceName } from '../lead/lead-source-name'
import type { LeadFilters } from './filter-button'

/** The filters that hold, in words; a click on one takes it away. */
export function ActiveFilterList({
  filters: { batch, source, addedFrom, addedTo },
  onChange,
}: {
  filters: LeadFilters
  onChange: (change: Partial<LeadFilters>) => void
}) {
  const found = api.batches.list.useQuery(batch ? { ids: [batch] } : skipToken).data
  const batchName = found && (found.rows[0] ? `“${found.rows[0].name}”` : 'that is gone')
  const chips: readonly { words: string; cleared: Partial<LeadFilters> }[] = [
    ...(batch ? [{ words: `Batch ${batchName ?? ''}`, cleared: { batch: null } }] : []),
    ...(source ? [{ words: `Source ${leadSourceName(source)}`, cleared: { source: null } }] : []),
    ...(addedFrom || addedTo
      ? [{ words: `Added ${daysWords(addedFrom, addedTo)} (UTC)`, cleared: { addedFrom: null, addedTo: null } }]
      : []),
  ]
  return (
    <ul aria-label="Filters" className="flex flex-wrap gap-2">
      {chips.map(({ words, cleared }) => (
        <li key={words}>
          <Button size="sm" icon={X} aria-label={`Remove filter: ${words}`} onClick={() => onChange(cleared)}>
            {words}
          </Button>
        </li>
      ))}
    </ul>
  )
}

function daysWords(from: string | null, to: string | null): string {
  if (from && to) return from === to ? from : `${from} to ${to}`
  return from ? `from ${from}` : `up to ${to}`
}
