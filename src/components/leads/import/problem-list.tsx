'use client'

import { Download } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card, CardFooter, CardHeader } from '@/components/ui/card'
import { download } from '@/components/ui/data/download'
import { formatCount, formatOf } from '@/components/ui/numbers'
import type { CheckedImport } from '../api-types'
import { leftOutFile } from './left-out-file'
import { ProblemTable } from './problem-table'

const FIRST = 20

/** The rows that are left out, with their lines and why; to be taken away as a file, where all of them are listed. */
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
          count === problems.length && (
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
          )
        }
      />
      <ProblemTable rows={shown} />
      {(problems.length > shown.length || count > problems.length) && (
        <CardFooter className="text-ink-3">
          {problems.length > shown.length && (
            <Button onClick={() => setAll(true)}>Show all {formatCount(problems.length)}</Button>
          )}
          {count > problems.length && (
            <span>
              The first {formatCount(problems.length)} are listed here. Once the file is imported, the page of the
              import has a file with all {formatCount(count)}.
            </span>
          )}
        </CardFooter>
      )}
    </Card>
  )
}
