import { Card } from '@/components/ui/card'
import { Chip } from '@/components/ui/chip'
import { LedgerBar } from '@/components/ui/data/ledger'
import { TextLink } from '@/components/ui/text-link'
import { Time } from '@/components/ui/time'
import { routes } from '@/routes'
import type { RunView } from '../api-types'
import { RunProblems } from './run-problems'
import { runLook } from './run-text'
import { foundTotal, yieldSegments } from './yield-segments'
import { YieldTable } from './yield-table'

/** One run in the list: when, how it stands, its batch, what each source brought, and what went wrong. */
export function RunCard({
  run,
  zone,
  href,
  keys,
}: {
  run: RunView
  zone: string
  href: string
  /** Columns of what each source brought. */
  keys: readonly string[]
}) {
  const { word, icon, tone } = runLook(run)
  return (
    <Card aria-labelledby={`run-${run.id}`} data-list-row="">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-[18px] pt-3.5 pb-2 text-control">
        <h2 id={`run-${run.id}`} className="font-semibold">
          <TextLink href={href} className="row-link text-ink">
            <Time at={run.dueAt} zone={zone} zoneSaid />
          </TextLink>
        </h2>
        <Chip icon={icon} tone={tone}>
          {word}
        </Chip>
        <span className="min-w-0 text-ink-2 sm:ml-auto">
          <BatchLink run={run} />
        </span>
      </div>
      {run.totals.found > 0 && (
        <LedgerBar
          size="small"
          segments={yieldSegments(run.totals)}
          total={foundTotal(run.totals)}
          className="mx-[18px]"
        />
      )}
      {run.sources.length > 0 && <YieldTable caption="Yield by source" rows={run.sources} keys={keys} />}
      <RunProblems run={run} />
    </Card>
  )
}

/** The batch that a run filled. */
export function BatchLink({ run: { batch, status } }: { run: RunView }) {
  if (batch) return <TextLink href={routes.batch(batch.id)}>{batch.name}</TextLink>
  return (
    <span className="text-ink-3">{status === 'pending' || status === 'running' ? 'no batch yet' : 'no batch'}</span>
  )
}
