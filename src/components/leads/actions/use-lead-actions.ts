'use client'

import { formatOf } from '@/components/ui/numbers'
import { notifyDone, notifyFailed } from '@/components/ui/overlays/toast'
import type { LeadStatus } from '@/domain/lead/status'
import { api, messageOf } from '@/trpc/react'
import { LEAD_STATUS } from '../lead-status'

/** Invalidates leads, batches, imports, and the campaigns that count them. */
export function useRefreshLeads() {
  const utils = api.useUtils()
  return () =>
    Promise.all([
      utils.leads.invalidate(),
      utils.batches.invalidate(),
      utils.imports.invalidate(),
      utils.campaigns.invalidate(),
    ])
}

type Standing = { id: string; status: LeadStatus }

/** Gives leads a status and says what followed. Undo brings the old ones back, as long as no email was skipped and no address suppressed for it. */
export function useSetLeadStatus() {
  const refresh = useRefreshLeads()
  const set = api.leads.setStatus.useMutation({ onSettled: refresh })
  const refuse = (error: unknown) => notifyFailed(messageOf(error))

  const restore = async (before: readonly Standing[]) => {
    try {
      for (const status of new Set(before.map((lead) => lead.status))) {
        const ids = before.filter((lead) => lead.status === status).map(({ id }) => id)
        await set.mutateAsync({ ids, status })
      }
      notifyDone('As it was before.')
    } catch (error) {
      refuse(error)
    }
  }

  return {
    pending: set.isPending,
    setStatus: (leads: readonly Standing[], status: LeadStatus, after?: () => void) =>
      set.mutate(
        { ids: leads.map(({ id }) => id), status },
        {
          onSuccess: ({ updated, emailsSkipped }) => {
            const words = `${formatOf(updated, 'lead')} set to “${LEAD_STATUS[status].label}”.`
            if (emailsSkipped > 0) {
              notifyDone(words, { description: `${formatOf(emailsSkipped, 'planned email')} skipped.` })
            } else if (status === 'unsubscribed') {
              notifyDone(words, {
                description: `${formatOf(updated, 'address', 'addresses')} on the suppression list.`,
              })
            } else {
              notifyDone(words, { undo: () => void restore(leads) })
            }
            after?.()
          },
          onError: refuse,
        },
      ),
  }
}
