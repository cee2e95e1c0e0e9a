'use client'

import { Ban, Download, FolderPlus, Trash2, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button, IconButton } from '@/components/ui/button'
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

/** The frame of both bars: how many are chosen, what can be done with them, and the way out. */
export function BarOfChosen({
  label,
  more,
  onClear,
  children,
}: {
  label: string
  more?: ReactNode
  onClear: () => void
  children: ReactNode
}) {
  return (
    <section
      aria-label="Chosen leads"
      className="sticky top-2 z-20 mb-3 flex flex-wrap items-center gap-2 rounded-card border bg-accent-soft px-3 py-2 text-control shadow-rest"
    >
      <p className="mr-1 font-semibold" aria-live="polite">
        {label}
      </p>
      {more}
      {children}
      <IconButton icon={X} label="Clear selection" className="ml-auto" onClick={onClear} />
    </section>
  )
}
