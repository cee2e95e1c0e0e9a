'use client'

import { useHealth } from '@/components/shell/health'
import { useNow } from '@/components/ui/clock'
import { api } from '@/trpc/react'
import type { CampaignDetails, Progress } from '../../api-types'
import type { Why } from './why-facts'
import { whySentence } from './why-sentence'

/** Why it sends or does not, now: the one answer that every part of the page gives. */
export function useWhy(campaign: CampaignDetails, progress: Progress): Why {
  const now = useNow(5_000)
  const health = useHealth()
  const { data: all = [] } = api.mailboxes.list.useQuery()
  return whySentence({
    campaign,
    progress,
    mailboxes: all.filter(({ id }) => progress.mailboxes.some((box) => box.id === id)),
    workerAlive: health.data ? health.data.worker.ok : null,
    now: now && now > progress.asOf ? now : progress.asOf,
  })
}
