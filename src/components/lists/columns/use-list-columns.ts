'use client'

import { parseAsString, useQueryState } from 'nuqs'
import { columnsOf, columnsText, type ListColumns } from './list-columns'
import { keepColumns, useKeptColumns } from './use-kept-columns'

/** The columns that a list shows: those that its address names, else those that were chosen last in this browser, else the standard ones. */
export function useListColumns(list: ListColumns) {
  const [said, say] = useQueryState('columns', parseAsString)
  const kept = useKeptColumns(list.name)
  return {
    list,
    /** As the address names them, for links to other parts of the list; null where it does not. */
    said,
    shown: columnsOf(list, said ?? kept),
    /** Null: the standard ones. */
    choose: (columns: readonly string[] | null) => {
      const text = columns && columnsText(columns)
      keepColumns(list.name, text)
      void say(text, { history: 'replace' })
    },
  }
}

export type ColumnChoice = ReturnType<typeof useListColumns>
