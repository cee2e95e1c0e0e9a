'use client'

import { api } from '@/trpc/react'
import type { LeadSourceState } from '../api-types'

type Change = { enabled?: boolean; apiKey?: string | null; settings?: { retentionDays: number } }

/** Saves one thing of a source and leaves the rest as it is. */
export function useSaveSource({ source, enabled }: LeadSourceState) {
  const utils = api.useUtils()
  const save = api.leadSources.save.useMutation({
    onSettled: () => Promise.all([utils.leadSources.invalidate(), utils.campaigns.invalidate()]),
  })
  return {
    ...save,
    mutate: (change: Change, options?: { onSuccess: () => void }) =>
      save.mutate({ source, enabled, ...change }, options),
  }
}
