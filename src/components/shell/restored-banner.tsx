'use client'

import { Deferred } from '@/components/ui/later/deferred'
import { later } from '@/components/ui/later/later'
import { api } from '@/trpc/react'

// Seldom shown, and on every page.
const callout = later(() => import('./restored-callout'))

/** On every page after a restore, until somebody has looked after what is missing. */
export function RestoredBanner() {
  const { data: restore } = api.settings.restore.useQuery(undefined, { refetchInterval: 60_000 })
  if (!restore) return null
  return (
    <Deferred part={callout} waiting={null}>
      {({ RestoredCallout }) => <RestoredCallout takenAt={restore.takenAt} />}
    </Deferred>
  )
}
