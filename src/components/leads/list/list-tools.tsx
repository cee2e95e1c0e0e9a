'use client'

import { ExportLink } from '@/components/lists/export-link'
import { ViewsButton } from '@/components/lists/views-button'
import { ColumnsButton } from './columns-button'
import type { ListAddress } from './list-address'
import { keepColumns } from './use-kept-columns'

/** Columns, views and export of a list of leads. */
export function ListTools({
  list: { address, setAddress, columns },
  batch,
  views,
  filled,
}: {
  list: ListAddress
  batch: string | undefined
  views: boolean
  /** There is something to export. */
  filled: boolean
}) {
  const change = (next: readonly string[] | null) => {
    const text = next?.join(',') ?? null
    keepColumns(text)
    void setAddress({ columns: text }, { history: 'replace' })
  }
  return (
    <span className="ml-auto flex flex-wrap gap-2">
      <ColumnsButton columns={columns} onChange={change} />
      {views && <ViewsButton list="leads" />}
      {filled && (
        <ExportLink list="leads" search={address.search} status={address.status} {...(batch ? { batch } : {})} />
      )}
    </span>
  )
}
