'use client'

import { Bookmark } from 'lucide-react'
import { usePathname, useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { later } from '@/components/ui/later/later'
import { LaterDialog } from '@/components/ui/overlays/later-dialog'
import { type ViewedList, viewQuery } from '@/domain/lists/views'

const part = later(() => import('./views-dialog'))

/** Opens a person's views of the list of this page. `columns`: what it shows now, which its address need not name. */
export function ViewsButton({ list, columns }: { list: ViewedList; columns: string }) {
  const [open, setOpen] = useState(false)
  const path = usePathname()
  const query = viewQuery(useSearchParams().toString(), columns)
  return (
    <>
      <Button icon={Bookmark} onClick={() => setOpen(true)}>
        Views
      </Button>
      <LaterDialog part={part} open={open} onOpenChange={setOpen}>
        {({ ViewsDialog }) => <ViewsDialog list={list} path={path} query={query} open={open} onOpenChange={setOpen} />}
      </LaterDialog>
    </>
  )
}
