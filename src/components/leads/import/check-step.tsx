'use client'

import { useEffect } from 'react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { Split } from '@/components/ui/layout'
import { keepFocus } from '@/components/ui/page-title'
import { SkeletonRows } from '@/components/ui/skeleton'
import { ChangedValues } from './changed-values'
import { ColumnMapping } from './column-mapping'
import { FileFormCard } from './file-form'
import { ImportLedgerCard } from './import-ledger'
import { ImportTarget } from './import-target'
import { OptOutsCard } from './opt-outs-card'
import { ProblemList } from './problem-list'
import { UnreadableFile } from './unreadable-file'
import type { LeadImport } from './use-lead-import'

/** The outcome that an import would have. */
export function CheckStep({ work, batchId }: { work: LeadImport; batchId: string | null }) {
  const { checked, checking, error, form, recalled, source } = work
  // What was pressed to choose the file has gone with the step before.
  useEffect(keepFocus, [])
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
      {error && !checking && <UnreadableFile work={work} />}
      {recalled && form && !checking && (
        <Callout
          title="Read as you chose for the last file of this kind"
          action={
            <Button size="sm" onClick={work.readAnew}>
              Find it anew
            </Button>
          }
        />
      )}
      {form && form.linesAbove.length > 0 && (
        <Callout tone="held" title={`${aboveWords(form.linesAbove)} above the column names and has an address`}>
          It is not imported. If it is a row, choose another line as the column names.
        </Callout>
      )}
      {checked && checked.optOuts.length > 0 && (
        <OptOutsCard counts={checked.optOuts} choice={work.optOuts} onChoose={work.decideOptOuts} />
      )}
      {checked && <ImportLedgerCard counts={checked} />}
      {checked && source && <ProblemList ledger={checked} fileName={source.fileName} />}
      {checked && <ChangedValues checked={checked} />}
      {form && <ColumnMapping columns={form.columns} headerLine={form.headerLine} onChange={work.map} />}
      {checking && !form && (
        <Card>
          <SkeletonRows rows={5} label="Checking the file" />
        </Card>
      )}
    </Split>
  )
}

const aboveWords = (lines: readonly number[]) =>
  lines.length === 1 ? `Line ${lines[0]} stands` : `Each of the lines ${lines.join(', ')} stands`
