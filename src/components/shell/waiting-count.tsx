'use client'

import { useLive } from '@/components/hooks/use-live'
import { cn } from '@/components/ui/class-names'
import { formatCount } from '@/components/ui/numbers'
import { api } from '@/trpc/react'

const EVERY_MS = 30_000

/** How many conversations wait for us; nothing where none does, or where nobody knows. */
export function WaitingCount({ className }: { className?: string }) {
  const utils = api.useUtils()
  // Of all of it: whatever a page shows of the inbox is read again.
  useLive('inbox', () => void utils.inbox.invalidate())
  const waiting = api.inbox.counts.useQuery({}, { refetchInterval: EVERY_MS }).data?.counts?.waiting
  if (!waiting || waiting.total === 0) return null
  return (
    <span className={cn('font-normal text-caption tabular-nums', className)}>
      {' '}
      {formatCount(waiting.total)}
      {waiting.more && '+'}
      <span className="sr-only"> waiting for us</span>
    </span>
  )
}
