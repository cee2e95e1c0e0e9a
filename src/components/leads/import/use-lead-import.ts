'use client'

import { useCallback, useState } from 'react'
import type { CsvDelimiter, CsvEncoding } from '@/domain/lead/csv-encodings'
import type { ColumnTarget, MappedColumn } from '@/domain/lead/csv-mapping'
import { api, detailsOf } from '@/trpc/react'
import { useRefreshLeads } from '../actions/use-lead-actions'
import type { CheckedImport } from '../api-types'
import type { ImportSource } from './read-file'

/** How a file is read; what is not chosen is found by the server. */
export type Reading = {
  encoding?: CsvEncoding | undefined
  delimiter?: CsvDelimiter | undefined
  mapping?: ColumnTarget[] | undefined
}

/** The form of the file as far as known, also when it cannot be imported as it is. */
export type FileForm = { encoding: CsvEncoding; delimiter: CsvDelimiter; headerLine: number; columns: MappedColumn[] }

/** One import from file to result: every change of how the file is read checks it again; the last answer counts. */
export function useLeadImport() {
  const refresh = useRefreshLeads()
  const [source, setSource] = useState<ImportSource | null>(null)
  const [reading, setReading] = useState<Reading>({})
  const [checked, setChecked] = useState<CheckedImport | null>(null)
  const check = api.batches.importCsv.useMutation()
  const run = api.batches.importCsv.useMutation()
  const { mutate: ask, reset: forgetCheck } = check
  const { reset: forgetRun } = run

  const checkWith = useCallback(
    (file: ImportSource, next: Reading) => {
      setSource(file)
      setReading(next)
      const { size: _, ...content } = file
      ask({ ...content, ...next, dryRun: true }, { onSuccess: setChecked, onError: () => setChecked(null) })
    },
    [ask],
  )
  const start = useCallback(() => {
    setSource(null)
    setReading({})
    setChecked(null)
    forgetCheck()
    forgetRun()
  }, [forgetCheck, forgetRun])

  return {
    source,
    reading,
    checked,
    checking: check.isPending,
    error: check.error,
    form: checked?.file ?? formOf(check.error),
    suggestion: suggestionOf(check.error),
    choose: (file: ImportSource) => checkWith(file, {}),
    /** A new encoding or delimiter may change the columns, so the mapping is guessed again. */
    read: (change: Pick<Reading, 'encoding' | 'delimiter'>) =>
      source && checkWith(source, { ...reading, mapping: undefined, ...change }),
    map: (mapping: ColumnTarget[]) => source && checkWith(source, { ...reading, mapping }),
    importInto: (target: { batchId: string } | { batchName: string }) => {
      if (!source || !checked) return
      const { size: _, ...content } = source
      const mapping = checked.file.columns.map((column) => column.target)
      run.mutate(
        { ...content, encoding: checked.file.encoding, delimiter: checked.file.delimiter, mapping, ...target },
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

function formOf(error: unknown): FileForm | null {
  const details = detailsOf(error)
  return details && Array.isArray(details.columns) ? (details as unknown as FileForm) : null
}

const suggestionOf = (error: unknown) => (detailsOf(error)?.suggestion as CsvEncoding | null | undefined) ?? null
