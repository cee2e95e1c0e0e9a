'use client'

import { useQuery } from '@tanstack/react-query'
import { useHealth } from '@/components/shell/health'
import { useTRPC } from '@/trpc/react'
import type { Progress } from './checklist-steps'

/** The address of the mailbox that every installation begins with; nobody can receive anything there. */
const EXAMPLE_DOMAIN = '@example.com'

/** What is there so far, asked piece by piece, so that one slow answer keeps no other waiting. */
export function useFirstRunProgress(): Progress {
  const trpc = useTRPC()
  const mode = useHealth().data?.mode ?? null
  const mailboxes = useQuery(trpc.mailboxes.list.queryOptions()).data
  const settings = useQuery(trpc.settings.get.queryOptions()).data
  const batches = useQuery(trpc.batches.list.queryOptions()).data
  const templates = useQuery(trpc.templates.list.queryOptions()).data
  const workflows = useQuery(trpc.workflows.list.queryOptions()).data
  const campaigns = useQuery(trpc.campaigns.list.queryOptions({ pageSize: 1 })).data
  return {
    mode,
    ownMailboxes: mailboxes ? mailboxes.filter(({ fromEmail }) => !fromEmail.endsWith(EXAMPLE_DOMAIN)).length : null,
    hasAddress: settings ? settings.postalAddress.trim() !== '' : null,
    batches: batches?.length ?? null,
    templates: templates?.length ?? null,
    workflows: workflows?.length ?? null,
    campaigns: campaigns ? Object.values(campaigns.byType).reduce((sum, count) => sum + count, 0) : null,
  }
}
