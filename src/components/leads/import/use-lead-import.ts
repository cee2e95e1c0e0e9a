'use client'

import { useRouter } from 'next/navigation'
import { useCallback } from 'react'
import type { ColumnTarget } from '@/domain/lead/csv-mapping'
import type { OptOutChoice } from '@/domain/lead/opt-outs'
import { routes } from '@/routes'
import { useRefreshLeads } from '../actions/use-lead-actions'
import { type Reading, rememberFormat } from './remembered-format'
import { useImportStart } from './use-file-call'
import { useFileCheck } from './use-file-check'

/** One import, from its file to the page that shows how far it is. */
export function useLeadImport() {
  const refresh = useRefreshLeads()
  const router = useRouter()
  const { readAs, forget, ...check } = useFileCheck()
  const { source, reading, checked } = check
  const run = useImportStart()
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
        { onSettled: () => void refresh(), onSuccess: ({ id }) => router.push(routes.importOf(id)) },
      )
    },
    // Until the page of the import has come.
    importing: run.isPending || run.isSuccess,
    importError: run.error,
    start,
  }
}

export type LeadImport = ReturnType<typeof useLeadImport>
