'use client'

import { useHealth } from '@/components/shell/health'
import type { CampaignStatus } from '@/domain/campaign/state'
import { api } from '@/trpc/react'
import type { Progress } from './checklist-steps'

/** The address of the mailbox that every installation begins with; nothing can be received there. */
const EXAMPLE_DOMAIN = '@example.com'

/** The parts that are set up so far, each queried by itself, so that one slow answer keeps no other waiting. */
export function useFirstRunProgress(): Progress {
  const mode = useHealth().data?.mode ?? null
  const mailboxes = api.mailboxes.list.useQuery().data
  const settings = api.settings.get.useQuery().data
  const batches = api.batches.list.useQuery({ pageSize: 1 }).data
  const campaigns = api.campaigns.list.useQuery({ pageSize: 1 }).data
  return {
    mode,
    ownMailboxes: mailboxes ? mailboxes.filter(({ fromEmail }) => !fromEmail.endsWith(EXAMPLE_DOMAIN)).length : null,
    hasAddress: settings ? settings.postalAddress.trim() !== '' : null,
    batches: batches?.total ?? null,
    campaign: campaigns && newestOf(campaigns.rows),
  }
}

const newestOf = ([newest]: readonly { id: string; status: CampaignStatus }[]) =>
  newest ? { id: newest.id, isDraft: newest.status === 'draft' } : null
