'use client'

import { useMutation } from '@tanstack/react-query'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { notifyDone } from '@/components/ui/toast'
import { messageOf, useTRPC } from '@/trpc/react'
import { useRefreshCampaigns } from './use-campaign-acts'

export function DeleteDraftDialog({
  campaign,
  open,
  onOpenChange,
  onDeleted,
}: {
  campaign: { id: string; name: string }
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Where to go, when the page of this draft is the open one. */
  onDeleted?: () => void
}) {
  const trpc = useTRPC()
  const refresh = useRefreshCampaigns()
  const remove = useMutation(trpc.campaigns.delete.mutationOptions())
  const confirm = () =>
    remove.mutate(
      { campaignId: campaign.id },
      {
        onSuccess: () => {
          onOpenChange(false)
          notifyDone(`Draft “${campaign.name}” deleted.`)
          onDeleted?.()
          void refresh()
        },
      },
    )
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => {
        remove.reset()
        onOpenChange(next)
      }}
      title={`Delete the draft “${campaign.name}”?`}
      confirmLabel="Delete draft"
      tone="danger"
      pending={remove.isPending}
      error={remove.error ? messageOf(remove.error) : undefined}
      onConfirm={confirm}
    >
      <p>Nothing was sent from it. Its leads, batches, templates and workflow stay. This cannot be undone.</p>
    </ConfirmDialog>
  )
}
