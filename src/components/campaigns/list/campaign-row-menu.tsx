'use client'

import { Archive, ArchiveRestore, Copy, FolderOpen, Pause, Pencil, Play, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Menu, type MenuEntry } from '@/components/ui/overlays/menu'
import { ARCHIVABLE } from '@/domain/campaign/state'
import { routes } from '@/routes'
import type { CampaignRow } from '../api-types'
import { DeleteDraftDialog } from '../dialogs/delete-draft-dialog'
import { ResumeDialog } from '../dialogs/resume-dialog'
import { useCampaignActions } from '../dialogs/use-campaign-actions'

/** The acts on a campaign in its row. */
export function CampaignRowMenu({ campaign }: { campaign: CampaignRow }) {
  const actions = useCampaignActions()
  const [dialog, setDialog] = useState<'resume' | 'delete' | null>(null)
  const { id, status } = campaign
  const items: MenuEntry[] = [
    status === 'draft'
      ? { label: 'Edit draft', icon: Pencil, href: routes.editCampaign(id) }
      : { label: 'Open', icon: FolderOpen, href: routes.campaign(id) },
    { label: 'Duplicate', icon: Copy, onSelect: () => actions.duplicate({ id }) },
  ]
  if (status === 'running') {
    items.push({
      label: 'Pause',
      icon: Pause,
      onSelect: () => actions.pause({ id, waiting: campaign.ledger.pending, runs: campaign.generation !== null }),
    })
  }
  if (status === 'paused' || status === 'failed') {
    items.push({ label: 'Resume…', icon: Play, onSelect: () => setDialog('resume') })
  }
  if (campaign.archivedAt) {
    items.push({ label: 'Take out of the archive', icon: ArchiveRestore, onSelect: () => actions.unarchive({ id }) })
  } else if (ARCHIVABLE.includes(status)) {
    items.push({ label: 'Archive', icon: Archive, onSelect: () => actions.archive({ id }) })
  }
  if (status === 'draft') {
    items.push('separator', {
      label: 'Delete draft…',
      icon: Trash2,
      tone: 'danger',
      onSelect: () => setDialog('delete'),
    })
  }
  const close = (open: boolean) => !open && setDialog(null)
  return (
    <>
      <Menu label={`More for ${campaign.name}`} items={items} />
      <ResumeDialog campaign={campaign} open={dialog === 'resume'} onOpenChange={close} />
      <DeleteDraftDialog campaign={campaign} open={dialog === 'delete'} onOpenChange={close} />
    </>
  )
}
