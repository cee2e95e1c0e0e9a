'use client'

import { Ban, ChevronDown, Download, FolderMinus, FolderPlus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { BarOfChosen } from '@/components/lists/bar-of-chosen'
import { Button, buttonStyle } from '@/components/ui/button'
import { formatCount } from '@/components/ui/numbers'
import { Menu } from '@/components/ui/overlays/menu'
import { routes } from '@/routes'
import { api } from '@/trpc/react'
import { CHOICES } from '../actions/set-status-menu'
import type { MassFilterInput } from '../api-types'
import { LEAD_STATUS } from '../lead-status'
import { MassBatchDialog } from './mass-batch-dialog'
import { MassDialog } from './mass-dialog'
import type { MassAsk } from './mass-text'

/** The acts on every lead that matches, on whatever page; a worker does them, step by step. */
export function AllBar({ filter, onClear }: { filter: MassFilterInput; onClear: () => void }) {
  const [ask, setAsk] = useState<MassAsk | null>(null)
  const [toBatch, setToBatch] = useState(false)
  const { ids: _, ...listed } = filter
  const { search, statuses, inBatch, source, addedFrom, addedTo } = listed
  const counted = api.massActs.count.useQuery(listed).data
  const total = counted?.total ?? 0
  return (
    <BarOfChosen
      what="leads"
      label={counted ? `All ${formatCount(total)} that match are selected` : 'All that match are selected'}
      onClear={onClear}
    >
      <Menu
        label="Set status"
        align="start"
        trigger={
          <Button icon={ChevronDown} className="flex-row-reverse">
            Set status
          </Button>
        }
        items={CHOICES.map((status) => ({
          label: LEAD_STATUS[status].label,
          icon: LEAD_STATUS[status].icon,
          onSelect: () => setAsk({ kind: 'status', status }),
        }))}
      />
      <Button icon={FolderPlus} disabled={!counted} onClick={() => setToBatch(true)}>
        Add to batch
      </Button>
      {inBatch && (
        <Button icon={FolderMinus} onClick={() => setAsk({ kind: 'leave' })}>
          Take out of this batch
        </Button>
      )}
      <Button icon={Ban} onClick={() => setAsk({ kind: 'suppress' })}>
        Suppress
      </Button>
      <a
        className={buttonStyle()}
        download
        href={routes.exportList({
          list: 'leads',
          search,
          status: statuses?.[0],
          batch: inBatch,
          source,
          addedFrom,
          addedTo,
        })}
      >
        <Download aria-hidden />
        Export CSV
      </a>
      <Button icon={Trash2} onClick={() => setAsk({ kind: 'delete' })}>
        Delete
      </Button>
      <MassDialog ask={ask} filter={filter} onClose={() => setAsk(null)} onStarted={onClear} />
      <MassBatchDialog filter={filter} total={total} open={toBatch} onOpenChange={setToBatch} onStarted={onClear} />
    </BarOfChosen>
  )
}
