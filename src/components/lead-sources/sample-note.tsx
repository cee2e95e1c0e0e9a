'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '@/trpc/react'
import { SampleBadge } from './sample-badge'

/** The badge beside what runs found, while this installation asks sample sources. */
export function SampleNote() {
  const { data } = useQuery(useTRPC().leadSources.list.queryOptions(undefined, { staleTime: 60_000 }))
  return data?.some(({ sample }) => sample) ? <SampleBadge /> : null
}
