'use client'

import { api } from '@/trpc/react'
import { SampleBadge } from './sample-badge'

/** The badge beside what runs found, while this installation uses sample sources. */
export function SampleNote() {
  const { data } = api.leadSources.list.useQuery(undefined, { staleTime: 60_000 })
  return data?.some(({ sample }) => sample) ? <SampleBadge /> : null
}
