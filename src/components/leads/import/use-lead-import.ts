'use client'

import { useCallback, useState } from 'react'
import type { CsvEncoding, EncodingPreview } from '@/domain/lead/csv-encodings'
import type { ColumnTarget } from '@/domain/lead/csv-mapping'
import { api, detailsOf } from '@/trpc/react'
import { useRefreshLeads } from '../actions/use-lead-actions'
import type { CheckedImport } from '../api-types'
import type { ImportSource } from './read-file'
import { type FileForm, type Reading, recallFormat, rememberFormat } from './remembered-format'

/** One import from file to result: every change of how the file is read checks it again; the last answer counts. */
export function useLeadImport() {
  const refresh = useRefreshLeads()
  const [source, setSource] = useState<ImportSource | null>(null)
  const [reading, setReading] = useState<Reading>({})
  const [checked, setChecked] = useState<CheckedImport | null>(null)
  const [recalled, setRecalled] = useState(false)
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
  /** Reads a file as one of its kind was read last, where there was one; a choice made now goes before. */
  const choose = useCallback(
    (file: ImportSource) => {
      setSource(file)
      setReading({})
      const { size: _, ...content } = file
      const recall = (form: FileForm | null) => {
        const known = form && recallFormat(form, file.fileName)
        setRecalled(Boolean(known))
        if (known) checkWith(file, known)
        return known
      }
      ask(
        { ...content, dryRun: true },
        {
          onSuccess: (answer) => recall(answer.file) || setChecked(answer),
          onError: (error) => recall(formOf(error)) || setChecked(null),
        },
      )
    },
    [ask, checkWith],
  )
  const start = useCallback(() => {
    setSource(null)
    setReading({})
    setChecked(null)
    setRecalled(false)
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
    previews: previewsOf(check.error),
    /** Read as a file of its kind was read last. */
    recalled,
    choose,
    /** Another encoding, delimiter or header may change the columns, so the mapping is guessed again. */
    read: (change: Omit<Reading, 'mapping'>) => {
      setRecalled(false)
      if (source) checkWith(source, { ...reading, mapping: undefined, ...change })
    },
    /** Forgets what was chosen, now or for the last file of its kind, and finds everything by itself. */
    readAnew: () => {
      setRecalled(false)
      if (source) checkWith(source, {})
    },
    map: (mapping: ColumnTarget[]) => source && checkWith(source, { ...reading, mapping }),
    importInto: (target: { batchId: string } | { batchName: string }) => {
      if (!source || !checked) return
      const { size: _, ...content } = source
      const { encoding, delimiter, headerLine, columns } = checked.file
      const mapping = columns.map((column) => column.target)
      if (reading.mapping || reading.headerLine !== undefined) rememberFormat(checked.file, source.fileName)
      run.mutate(
        { ...content, encoding, delimiter, headerLine, mapping, ...target },
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

const previewsOf = (error: unknown) => (detailsOf(error)?.previews as EncodingPreview[] | undefined) ?? []
