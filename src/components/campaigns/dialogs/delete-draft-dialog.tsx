'use client'

import { DeleteDialog, type DeletionProps, deletionOf } from '@/components/deletion/delete-dialog'
import { api } from '@/trpc/react'
import { useRefreshCampaigns } from './use-campaign-actions'

export function DeleteDraftDialog({ campaign, ...props }: DeletionProps & { campaign: { id: string; name: string } }) {
  const remove = api.campaigns.delete.useMutation()
  return (
    <DeleteDialog
      {...props}
      {...deletionOf('draft', campaign.name)}
      onDelete={() => remove.mutateAsync({ campaignId: campaign.id })}
      refresh={useRefreshCampaigns()}
    >
      <p>Nothing was sent from it. Its leads, batches, templates and workflow stay. This cannot be undone.</p>
    </DeleteDialog>
  )
}
