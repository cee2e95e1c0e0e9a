'use client'

import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Split } from '@/components/ui/layout'
import { SkeletonRows } from '@/components/ui/skeleton'
import { CSV_ENCODINGS } from '@/domain/lead/csv-encodings'
import { Refusal } from '../refusal'
import { ColumnMapping } from './column-mapping'
import { FileFormCard } from './file-form'
import { ImportLedgerCard } from './import-ledger'
import { ImportTarget } from './import-target'
import { ProblemList } from './problem-list'
import type { LeadImport } from './use-lead-import'

/** The outcome that an import would have. */
export function CheckStep({ work, batchId }: { work: LeadImport; batchId: string | null }) {
  const { checked, checking, error, form, suggestion, source } = work
  const label = CSV_ENCODINGS.find(({ value }) => value === suggestion)?.label
  return (
    <Split
      asideLabel="File and batch"
      aside={
        <>
          {checked && <ImportTarget work={work} batchId={batchId} />}
          <FileFormCard work={work} />
        </>
      }
    >
      {error && !checking && (
        <Refusal
          error={error}
          action={
            suggestion && (
              <Button onClick={() => work.read({ encoding: suggestion })}>Read it as {label ?? suggestion}</Button>
            )
          }
        />
      )}
      {checked && <ImportLedgerCard counts={checked} />}
      {checked && source && <ProblemList ledger={checked} fileName={source.fileName} />}
      {form && <ColumnMapping columns={form.columns} headerLine={form.headerLine} onChange={work.map} />}
      {checking && !form && (
        <Card>
          <SkeletonRows rows={5} label="Checking the file" />
        </Card>
      )}
    </Split>
  )
}
