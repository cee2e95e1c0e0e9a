'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '@/trpc/react'
import type { LeadSourceState } from '../api-types'

type Change = { enabled?: boolean; apiKey?: string | null; settings?: { retentionDays: number } }

/** Saves one thing of a source and leaves the rest as it is. */
export function useSaveSource({ source, enabled }: LeadSourceState) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const save = useMutation(
    trpc.leadSources.save.mutationOptions({
      onSettled: () =>
        Promise.all([
          client.invalidateQueries(trpc.leadSources.pathFilter()),
          client.invalidateQueries(trpc.campaigns.pathFilter()),
        ]),
    }),
  )
  return {
    ...save,
    mutate: (change: Change, options?: { onSuccess: () => void }) =>
      save.mutate({ source, enabled, ...change }, options),
  }
}
