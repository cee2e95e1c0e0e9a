'use client'

import { Columns3 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { later } from '@/components/ui/later/later'
import { LaterDialog } from '@/components/ui/overlays/later-dialog'
import type { ColumnChoice } from './use-list-columns'

const part = later(() => import('./columns-dialog'))

/** Opens the choice of columns. */
export function ColumnsButton({ choice }: { choice: ColumnChoice }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button icon={Columns3} onClick={() => setOpen(true)}>
        Columns
      </Button>
      <LaterDialog part={part} open={open} onOpenChange={setOpen}>
        {({ ColumnsDialog }) => <ColumnsDialog choice={choice} open={open} onOpenChange={setOpen} />}
      </LaterDialog>
    </>
  )
}
