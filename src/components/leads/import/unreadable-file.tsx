'use client'

import { Button } from '@/components/ui/button'
import { CSV_ENCODINGS, type CsvEncoding } from '@/domain/lead/csv-encodings'
import { Refusal } from '../refusal'
import type { LeadImport } from './use-lead-import'

const labelOf = (encoding: CsvEncoding) => CSV_ENCODINGS.find(({ value }) => value === encoding)?.label ?? encoding

/** Why the file cannot be read, with the encoding it has, or with what its letters are in each that it may have. */
export function UnreadableFile({ work }: { work: LeadImport }) {
  const { suggestion, previews } = work
  return (
    <div className="grid gap-3">
      <Refusal
        error={work.error}
        action={
          suggestion && (
            <Button onClick={() => work.read({ encoding: suggestion })}>Read it as {labelOf(suggestion)}</Button>
          )
        }
      />
      {previews.length > 0 && (
        <ul aria-label="The same line in each encoding" className="grid gap-2">
          {previews.map(({ encoding, line }) => (
            <li
              key={encoding}
              className="flex flex-wrap items-center justify-between gap-2 rounded-card border px-4 py-3 text-control"
            >
              <span className="min-w-0 font-medium [overflow-wrap:anywhere]">{line}</span>
              <Button size="sm" onClick={() => work.read({ encoding })}>
                Read it as {labelOf(encoding)}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
