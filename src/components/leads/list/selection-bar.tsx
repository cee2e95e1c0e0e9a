'use client'

import { FolderPlus, Trash2, X } from 'lucide-react'
import { useState } from 'react'
import { Button, IconButton } from '@/components/ui/button'
import { formatCount } from '@/components/ui/numbers'
import { AddToBatchDialog } from '../actions/add-to-batch-dialog'
import { DeleteLeadsDialog } from '../actions/delete-leads-dialog'
import { SetStatusMenu } from '../actions/set-status-menu'
import type { LeadRow } from '../api-types'

/** The acts on the chosen leads; the bar takes the place of the filters while some are chosen. */
export function SelectionBar({ leads, onClear }: { leads: readonly LeadRow[]; onClear: () => void }) {
  const [dialog, setDialog] = useState<'batch' | 'delete' | null>(null)
  const ids = leads.map(({ id }) => id)
  const close = (open: boolean) => !open && setDialog(null)
  return (
    <section
      aria-label="Chosen leads"
      className="sticky top-2 z-20 mb-3 flex flex-wrap items-center gap-2 rounded-card border bg-accent-soft px-3 py-2 text-control shadow-rest"
    >
      <p className="mr-1 font-semibold" aria-live="polite">
        {formatCount(leads.length)} selected
      </p>
      <SetStatusMenu leads={leads} onDone={onClear} />
      <Button icon={FolderPlus} onClick={() => setDialog('batch')}>
        Add to batch
      </Button>
      <Button icon={Trash2} onClick={() => setDialog('delete')}>
        Delete
      </Button>
      <IconButton icon={X} label="Clear selection" className="ml-auto" onClick={onClear} />
      <AddToBatchDialog ids={ids} open={dialog === 'batch'} onOpenChange={close} onDone={onClear} />
      <DeleteLeadsDialog ids={ids} open={dialog === 'delete'} onOpenChange={close} onDeleted={onClear} />
    </section>
  )
}
