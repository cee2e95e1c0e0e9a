'use client'

import { Ban, Download, FolderPlus, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '@/components/ui/button'
import { later } from '@/components/ui/later/later'
import { formatCount } from '@/components/ui/numbers'
import { LaterDialog } from '@/components/ui/overlays/later-dialog'
import { routes } from '@/routes'
import { AddToBatchDialog } from '../actions/add-to-batch-dialog'
import { BarOfChosen } from '../actions/bar-of-chosen'
import { DeleteLeadsDialog } from '../actions/delete-leads-dialog'
import { SetStatusMenu } from '../actions/set-status-menu'
import type { LeadRow } from '../api-types'

const mass = later(() => import('../mass/mass-dialog'))

/** The acts on the chosen leads; the bar takes the place of the filters while some are chosen. */
export function SelectionBar({
  leads,
  onClear,
  children,
}: {
  leads: readonly LeadRow[]
  onClear: () => void
  /** Behind their number: the way to choose more. */
  children?: ReactNode
}) {
  const [dialog, setDialog] = useState<'batch' | 'delete' | 'suppress' | null>(null)
  const ids = leads.map(({ id }) => id)
  const close = (open: boolean) => !open && setDialog(null)
  return (
    <BarOfChosen label={`${formatCount(leads.length)} selected`} more={children} onClear={onClear}>
      <SetStatusMenu leads={leads} onDone={onClear} />
      <Button icon={FolderPlus} onClick={() => setDialog('batch')}>
        Add to batch
      </Button>
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
      <LaterDialog part={mass} open={dialog === 'suppress'} onOpenChange={close}>
        {({ MassDialog }) => (
          <MassDialog
            ask={dialog === 'suppress' ? { kind: 'suppress' } : null}
            filter={{ ids }}
            onClose={() => setDialog(null)}
            onStarted={onClear}
          />
        )}
      </LaterDialog>
    </BarOfChosen>
  )
}
