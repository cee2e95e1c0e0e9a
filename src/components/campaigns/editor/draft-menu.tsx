'use client'

import { Copy, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Menu } from '@/components/ui/overlays/menu'
import { DeleteDraftDialog } from '../dialogs/delete-draft-dialog'
import { useCampaignActs } from '../dialogs/use-campaign-actions'

export function DraftMenu({ campaign }: { campaign: { id: string; name: string } }) {
  const router = useRouter()
  const acts = useCampaignActs()
  const [deleting, setDeleting] = useState(false)
  return (
    <>
      <Menu
        label="More"
        items={[
          { label: 'Duplicate', icon: Copy, onSelect: () => acts.duplicate(campaign) },
          'separator',
          { label: 'Delete draft…', icon: Trash2, tone: 'danger', onSelect: () => setDeleting(true) },
        ]}
      />
      <DeleteDraftDialog
        campaign={campaign}
        open={deleting}
        onOpenChange={setDeleting}
        onDeleted={() => router.push('/campaigns')}
      />
    </>
  )
}
