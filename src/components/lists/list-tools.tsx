'use client'

import type { ReactNode } from 'react'
import type { ViewedList } from '@/domain/lists/views'
import { ColumnsButton } from './columns/columns-button'
import { columnsText } from './columns/list-columns'
import type { ColumnChoice } from './columns/use-list-columns'
import { ViewsButton } from './views-button'

/** Columns and views of a list, and what else can be done with it. */
export function ListTools({
  choice,
  views,
  children,
}: {
  choice: ColumnChoice
  /** People keep views of it. */
  views?: ViewedList
  children?: ReactNode
}) {
  return (
    <>
      {/* To the right of the row before; on a row of their own, and on a narrow screen, the tools begin where the list does. */}
      <span className="-ml-2 hidden grow sm:block" />
      <span className="col-span-full flex flex-wrap gap-2">
        <ColumnsButton choice={choice} />
        {views && <ViewsButton list={views} columns={columnsText(choice.shown)} />}
        {children}
      </span>
    </>
  )
}
