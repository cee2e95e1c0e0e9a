'use client'

import { Download } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card, CardFooter, CardHeader } from '@/components/ui/card'
import { Chip, type ChipTone } from '@/components/ui/chip'
import { type Column, DataTable } from '@/components/ui/data/data-table'
import { download } from '@/components/ui/data/download'
import { formatCount, formatOf } from '@/components/ui/numbers'
import type { CheckedImport, ImportProblem } from '../api-types'
import { leftOutFile } from './left-out-file'

const FIRST = 20
const KINDS: Record<ImportProblem['kind'], { label: string; tone: ChipTone }> = {
  invalid: { label: 'Invalid', tone: 'failed' },
  duplicate: { label: 'Duplicate', tone: 'neutral' },
  suppressed: { label: 'Suppressed', tone: 'held' },
  optedOut: { label: 'Opted out', tone: 'held' },
}

/** The rows that are left out, with their lines and why; to be taken away as a file. */
export function ProblemList({ ledger, fileName }: { ledger: CheckedImport; fileName: string }) {
  const [all, setAll] = useState(false)
  const { problems } = ledger
  const count = ledger.invalid + ledger.duplicate + ledger.suppressed + ledger.optedOut
  if (count === 0) return null
  const shown = all ? problems : problems.slice(0, FIRST)
  return (
    <Card aria-labelledby="problems">
      <CardHeader
        id="problems"
        title={`${formatOf(count, 'row')} left out`}
        aside={
          <Button
            size="sm"
            icon={Download}
            onClick={() =>
              download(
                leftOutFile(ledger.file.columns, problems),
                `${fileName.replace(/\.[a-z]+$/i, '')} - left out.csv`,
              )
            }
          >
            Download as CSV
          </Button>
        }
      />
      <DataTable
        caption="Rows that are left out"
        className="mt-1.5"
        columns={COLUMNS}
        rows={shown}
        rowKey={(row) => String(row.line)}
      />
      {(problems.length > shown.length || count > problems.length) && (
        <CardFooter className="text-ink-3">
          {problems.length > shown.length && (
            <Button onClick={() => setAll(true)}>Show all {formatCount(problems.length)}</Button>
          )}
          {count > problems.length && (
            <span>
              The first {formatCount(problems.length)} are listed; all {formatCount(count)} are counted.
            </span>
          )}
        </CardFooter>
      )}
    </Card>
  )
}

const COLUMNS: Column<ImportProblem>[] = [
  {
    key: 'line',
    header: 'Line',
    className: 'sm:w-px',
    cell: (row) => (
      <span>
        <span className="sm:hidden">Line </span>
        {formatCount(row.line)}
      </span>
    ),
  },
  {
    key: 'email',
    header: 'Email',
    align: 'left',
    card: 'full',
    cell: (row) => <span className="text-ink-2 [overflow-wrap:anywhere]">{row.email || '–'}</span>,
  },
  {
    key: 'problem',
    header: 'What is wrong',
    align: 'left',
    card: 'full',
    cell: (row) => <span className="[overflow-wrap:anywhere]">{row.problem}</span>,
  },
  {
    key: 'kind',
    header: 'Kind',
    card: 'corner',
    cell: (row) => <Chip tone={KINDS[row.kind].tone}>{KINDS[row.kind].label}</Chip>,
  },
]
