'use client'

import { useCallback, useState } from 'react'
import type { CsvEncoding, EncodingPreview } from '@/domain/lead/csv-encodings'
import { detailsOf } from '@/trpc/react'
import type { CheckedImport } from '../api-types'
import type { ImportSource } from './read-file'
import { type FileForm, type Reading, recallFormat } from './remembered-format'
import { useFileCall } from './use-file-call'

/** A chosen file and what its check says; every change of how it is read checks it again, and the last answer counts. */
export function useFileCheck() {
  const [source, setSource] = useState<ImportSource | null>(null)
  const [reading, setReading] = useState<Reading>({})
  const [checked, setChecked] = useState<CheckedImport | null>(null)
  const [recalled, setRecalled] = useState(false)
  const check = useFileCall()
  const { mutate: ask, reset } = check

  const checkWith = useCallback(
    (file: ImportSource, next: Reading) => {
      setSource(file)
      setReading(next)
      ask({ source: file, ...next, dryRun: true }, { onSuccess: setChecked, onError: () => setChecked(null) })
    },
    [ask],
  )
  /** Reads a file as one of its kind was read last, where there was one. */
  const choose = useCallback(
    (file: ImportSource) => {
      setSource(file)
      setReading({})
      const recall = (form: FileForm | null) => {
        const known = form && recallFormat(form, file.fileName)
        setRecalled(Boolean(known))
        if (known) checkWith(file, known)
        return known
      }
      ask(
        { source: file, dryRun: true },
        {
          onSuccess: (answer) => recall(answer.file) || setChecked(answer),
          onError: (error) => recall(formOf(error)) || setChecked(null),
        },
      )
    },
    [ask, checkWith],
  )
  const forget = useCallback(() => {
    setSource(null)
    setReading({})
    setChecked(null)
    setRecalled(false)
    reset()
  }, [reset])
  /** Reads the chosen file in another way; what was recalled no longer counts. */
  const readAs = (next: Reading) => {
    setRecalled(false)
    if (source) checkWith(source, next)
  }
  return {
    source,
    reading,
    checked,
    /** Read as a file of its kind was read last. */
    recalled,
    checking: check.isPending,
    error: check.error,
    form: checked?.file ?? formOf(check.error),
    suggestion: suggestionOf(check.error),
    previews: previewsOf(check.error),
    choose,
    readAs,
    forget,
  }
}

function formOf(error: unknown): FileForm | null {
  const details = detailsOf(error)
  return details && Array.isArray(details.columns) ? (details as unknown as FileForm) : null
}

const suggestionOf = (error: unknown) => (detailsOf(error)?.suggestion as CsvEncoding | null | undefined) ?? null

const previewsOf = (error: unknown) => (detailsOf(error)?.previews as EncodingPreview[] | undefined) ?? []
