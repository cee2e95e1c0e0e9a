'use client'

import { Ban, Download, FolderMinus, FolderPlus, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { BarOfChosen } from '@/components/lists/bar-of-chosen'
import { Button } from '@/components/ui/button'
import { later } from '@/components/ui/later/later'
import { formatCount } from '@/components/ui/numbers'
import { LaterDialog } from '@/components/ui/overlays/later-dialog'
import { routes } from '@/routes'
import { AddToBatchDialog } from '../actions/add-to-batch-dialog'
import { DeleteLeadsDialog } from '../actions/delete-leads-dialog'
import { SetStatusMenu } from '../actions/set-status-menu'
import type { LeadRow } from '../api-types'

const mass = later(() => import('../mass/mass-dialog'))

/** The acts on the chosen leads; the bar takes the place of the filters while some are chosen. */
export function SelectionBar({
  leads,
  batch,
  onClear,
  children,
}: {
  leads: readonly LeadRow[]
  /** The batch whose leads they are. */
  batch: string | undefined
  onClear: () => void
  /** Behind their number: the way to choose more. */
  children?: ReactNode
}) {
  const [dialog, setDialog] = useState<'batch' | 'delete' | 'suppress' | 'leave' | null>(null)
  const ids = leads.map(({ id }) => id)
  const asked = dialog === 'suppress' || dialog === 'leave' ? { kind: dialog } : null
  const close = (open: boolean) => !open && setDialog(null)
  return (
    <BarOfChosen what="leads" label={`${formatCount(leads.length)} selected`} more={children} onClear={onClear}>
      <SetStatusMenu leads={leads} onDone={onClear} />
      <Button icon={FolderPlus} onClick={() => setDialog('batch')}>
        Add to batch
      </Button>
      {batch && (
        <Button icon={FolderMinus} onClick={() => setDialog('leave')}>
          Take out of this batch
        </Button>
      )}
      <Button icon={Ban} onClick={() => setDialog('suppress')}>
        Suppress
      </Button>
      {/* Ids have no room in an address. */}
      <form method="post" action={routes.exportList({ list: 'leads' })}>
        <input type="hidden" name="ids" value={ids.join()} />
        <Button type="submit" icon={Download}>
          Export CSV
        </Button>
      </form>
      <Button icon={Trash2} onClick={() => setDialog('delete')}>
        Delete
      </Button>
      <AddToBatchDialog ids={ids} open={dialog === 'batch'} onOpenChange={close} onDone={onClear} />
      <DeleteLeadsDialog ids={ids} open={dialog === 'delete'} onOpenChange={close} onDeleted={onClear} />
      <LaterDialog part={mass} open={asked !== null} onOpenChange={close}>
        {({ MassDialog }) => (
          <MassDialog
            ask={asked}
            filter={{ ids, ...(batch ? { inBatch: batch } : {}) }}
            onClose={() => setDialog(null)}
            onStarted={onClear}
          />
        )}
      </LaterDialog>
    </BarOfChosen>
  )
}
