'use client'

import { Plus } from 'lucide-react'
import { useId } from 'react'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { cn } from '@/components/ui/class-names'
import { formatOf, formatShare } from '@/components/ui/numbers'
import { Skeleton } from '@/components/ui/skeleton'
import { VARIABLES } from '@/domain/message/variables'
import type { FillRate } from '../api-types'

type Line = { name: string; label: string; note: string; gap: boolean }

/** Every variable with its fill rate; a press puts it where the cursor is. */
export function VariableList({
  rates,
  totalLeads,
  onInsert,
}: {
  rates: readonly FillRate[] | undefined
  totalLeads: number | undefined
  onInsert: (text: string) => void
}) {
  const id = useId()
  return (
    <Card aria-labelledby={id}>
      <CardHeader
        id={id}
        title="Variables"
        aside={totalLeads === undefined ? '' : whoseValues(totalLeads, rates?.[0]?.total ?? totalLeads)}
      />
      <CardBody>
        {rates ? (
          <>
            <ul className="grid grid-cols-2 gap-x-2 sm:gap-x-4">
              {linesOf(rates).map((line) => (
                <li key={line.name}>
                  <button
                    type="button"
                    onClick={() => onInsert(`{{ ${line.name} }}`)}
                    title={`Insert {{ ${line.name} }}`}
                    className="group flex min-h-8 w-full items-center gap-2 rounded-small px-1.5 text-left hover:bg-sunken pointer-coarse:min-h-10"
                  >
                    <span className="sr-only">Insert</span>
                    <code className="min-w-0 flex-1 truncate font-mono text-[12.5px]">{line.name}</code>
                    <span className={cn('text-caption', line.gap ? 'text-held-ink' : 'hidden text-ink-3 sm:inline')}>
                      {line.note}
                    </span>
                    <Plus
                      aria-hidden
                      className="size-3.5 shrink-0 hidden text-ink-3 opacity-0 sm:block group-hover:opacity-100 group-focus-visible:opacity-100"
                    />
                  </button>
                </li>
              ))}
            </ul>
            <p className="mt-2 border-t px-1.5 pt-2.5 text-caption text-ink-3">
              For leads without a value:{' '}
              <code className="font-mono text-ink-2">{'{{ city | default: "your area" }}'}</code>
            </p>
          </>
        ) : (
          <div role="status" className="grid gap-2">
            <span className="sr-only">Counting values</span>
            <Skeleton className="h-6 w-full" />
            <Skeleton className="h-6 w-full" />
            <Skeleton className="h-6 w-full" />
          </div>
        )}
      </CardBody>
    </Card>
  )
}

function whoseValues(leads: number, lookedAt: number) {
  if (leads === 0) return 'No leads yet'
  return lookedAt < leads
    ? `Filled in the newest ${formatOf(lookedAt, 'lead')}`
    : `Filled in ${formatOf(leads, 'lead')}`
}

function linesOf(rates: readonly FillRate[]): Line[] {
  const ofLeads = rates.map(({ variable, label, filled, total, fallback }) => {
    const gap = filled < total && fallback === null
    const rate = total === 0 ? '' : formatShare(filled, total)
    return { name: variable, label, gap, note: fallback && filled < total ? `${rate}, else “${fallback}”` : rate }
  })
  const others = VARIABLES.filter(({ group }) => group !== 'lead').map(({ name, label }) => ({
    name,
    label,
    gap: false,
    note: name === 'unsubscribe_url' ? 'each email' : name.startsWith('sender') ? 'mailbox' : 'campaign',
  }))
  return [...ofLeads, ...others]
}
