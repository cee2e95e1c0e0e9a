'use client'

import { Copy, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Menu } from '@/components/ui/overlays/menu'
import { routes } from '@/routes'
import { DeleteDraftDialog } from '../dialogs/delete-draft-dialog'
import { useCampaignActions } from '../dialogs/use-campaign-actions'

export function DraftMenu({ campaign }: { campaign: { id: string; name: string } }) {
  const router = useRouter()
  const actions = useCampaignActions()
  const [deleting, setDeleting] = useState(false)
  return (
    <>
      <Menu
        label="More"
        items={[
          { label: 'Duplicate', icon: Copy, onSelect: () => actions.duplicate(campaign) },
          'separator',
          { label: 'Delete draft…', icon: Trash2, tone: 'danger', onSelect: () => setDeleting(true) },
        ]}
      />
      <DeleteDraftDialog
        campaign={campaign}
        open={deleting}
        onOpenChange={setDeleting}
        onDeleted={() => router.push(routes.campaigns())}
      />
    </>
  )
}
