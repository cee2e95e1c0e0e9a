'use client'

import { Columns3 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { later } from '@/components/ui/later/later'
import { LaterDialog } from '@/components/ui/overlays/later-dialog'

const part = later(() => import('./columns-dialog'))

/** Opens the choice of columns. */
export function ColumnsButton({
  columns,
  onChange,
}: {
  columns: readonly string[]
  onChange: (columns: readonly string[] | null) => void
}) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button icon={Columns3} onClick={() => setOpen(true)}>
        Columns
      </Button>
      <LaterDialog part={part} open={open} onOpenChange={setOpen}>
        {({ ColumnsDialog }) => (
          <ColumnsDialog columns={columns} onChange={onChange} open={open} onOpenChange={setOpen} />
        )}
      </LaterDialog>
    </>
  )
}
