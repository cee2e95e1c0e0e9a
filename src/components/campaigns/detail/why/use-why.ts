'use client'

import { useHealth } from '@/components/shell/health'
import { useNow } from '@/components/ui/clock'
import { later } from '@/components/ui/later/later'
import { api } from '@/trpc/react'
import type { CampaignDetails, Progress } from '../../api-types'
import type { Why } from './why-facts'
import { whySentence } from './why-sentence'

/** What only campaigns that find leads need. */
export const generating = later(() => import('./why-generating'))

/** Why it sends or does not, now: the one answer that every part of the page gives. Null while what says it is on its way. */
export function useWhy(campaign: CampaignDetails, progress: Progress): Why | null {
  const part = generating.use()
  const now = useNow(5_000)
  const health = useHealth()
  const { data: all = [] } = api.mailboxes.list.useQuery()
  const facts = {
    campaign,
    progress,
    mailboxes: all.filter(({ id }) => progress.mailboxes.some((box) => box.id === id)),
    workerAlive: health.data ? health.data.worker.ok : null,
    now: now && now > progress.asOf ? now : progress.asOf,
  }
  if (!progress.generation) return whySentence(facts)
  return part?.whyGenerating(facts, progress.generation) ?? null
}
