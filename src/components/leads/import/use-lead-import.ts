'use client'

import { useCallback } from 'react'
import type { ColumnTarget } from '@/domain/lead/csv-mapping'
import type { OptOutChoice } from '@/domain/lead/opt-outs'
import { useRefreshLeads } from '../actions/use-lead-actions'
import { type Reading, rememberFormat } from './remembered-format'
import { useFileCall } from './use-file-call'
import { useFileCheck } from './use-file-check'

/** One import from file to result. */
export function useLeadImport() {
  const refresh = useRefreshLeads()
  const { readAs, forget, ...check } = useFileCheck()
  const { source, reading, checked } = check
  const run = useFileCall()
  const { reset: forgetRun } = run
  const start = useCallback(() => {
    forget()
    forgetRun()
  }, [forget, forgetRun])
  // On the list, unless a person decides otherwise: nobody is emailed who asked for none.
  const optOuts = reading.optOuts ?? 'suppress'

  return {
    ...check,
    /** Another encoding, delimiter or header may change the columns, so the mapping is guessed again. */
    read: (change: Omit<Reading, 'mapping'>) => readAs({ ...reading, mapping: undefined, ...change }),
    /** Forgets what was chosen, now or for the last file of its kind, and finds everything by itself. */
    readAnew: () => readAs({}),
    map: (mapping: ColumnTarget[]) => readAs({ ...reading, mapping }),
    /** What becomes of those who want no email by what the file says. */
    optOuts,
    decideOptOuts: (choice: OptOutChoice) => readAs({ ...reading, optOuts: choice }),
    importInto: (target: { batchId: string } | { batchName: string }) => {
      if (!source || !checked) return
      const { encoding, delimiter, headerLine, columns } = checked.file
      const mapping = columns.map((column) => column.target)
      if (reading.mapping || reading.headerLine !== undefined) rememberFormat(checked.file, source.fileName)
      run.mutate(
        { source, encoding, delimiter, headerLine, mapping, optOuts, ...target },
        { onSettled: () => void refresh() },
      )
    },
    importing: run.isPending,
    importError: run.error,
    result: run.data ?? null,
    start,
  }
}

export type LeadImport = ReturnType<typeof useLeadImport>
