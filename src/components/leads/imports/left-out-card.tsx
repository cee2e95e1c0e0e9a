import { Download } from 'lucide-react'
import { useMayWrite } from '@/components/shell/user'
import { buttonStyle } from '@/components/ui/button'
import { Card, CardFooter, CardHeader } from '@/components/ui/card'
import { formatCount, formatOf } from '@/components/ui/numbers'
import { routes } from '@/routes'
import type { ShownImport } from '../api-types'
import { ProblemTable } from '../import/problem-table'
import { leftOutOf } from './import-words'

/** The rows that an import left out, the first of them; whoever may do more than look takes all of them away as a file. */
export function LeftOutCard({ row }: { row: ShownImport }) {
  const count = leftOutOf(row)
  const hasFile = useMayWrite() && row.refusalsKept > 0
  if (count === 0) return null
  return (
    <Card aria-labelledby="problems">
      <CardHeader
        id="problems"
        title={`${formatOf(count, 'row')} left out`}
        aside={
          hasFile && (
            <a href={routes.leftOutOf(row.id)} download className={buttonStyle({ size: 'sm' })}>
              <Download aria-hidden />
              Download as CSV
            </a>
          )
        }
      />
      {row.refusals.length > 0 && <ProblemTable rows={row.refusals} />}
      {(row.refusalsKept > row.refusals.length || row.refusalsKept < count) && (
        <CardFooter className="text-ink-3">
          <span>
            {row.refusalsKept > row.refusals.length &&
              `The first ${formatCount(row.refusals.length)} are listed${hasFile ? `; the file has ${formatCount(row.refusalsKept)}` : ''}. `}
            {row.refusalsKept < count && 'Rows are kept for 90 days, and go with the people they name.'}
          </span>
        </CardFooter>
      )}
    </Card>
  )
}
