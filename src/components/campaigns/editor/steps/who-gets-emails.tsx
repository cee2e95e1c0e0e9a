'use client'

import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { formatCount, formatOf, inNumber } from '@/components/ui/numbers'
import { Skeleton } from '@/components/ui/skeleton'
import { messageOf } from '@/trpc/react'
import type { Batch, Preflight } from '../../api-types'
import { leftOutWords } from '../../status/reason-text'

/** Leads that would get email, and those left out with the reason. */
export function WhoGetsEmails({
  preflight: { data, error },
  batches,
  nobody,
}: {
  /** Without data while what was chosen is being counted. */
  preflight: { data: Preflight | undefined; error: unknown }
  batches: readonly Batch[]
  /** No batch is chosen. */
  nobody: boolean
}) {
  return (
    <Card>
      <CardHeader title="Who gets emails" />
      <CardBody aria-live="polite">
        {nobody ? (
          <p className="text-ink-2">Nobody yet: choose at least one batch.</p>
        ) : data ? (
          <Counts preflight={data} batches={batches} />
        ) : error ? (
          <p className="text-failed-ink">Not counted: {messageOf(error)}</p>
        ) : (
          <Skeleton className="h-20" />
        )}
      </CardBody>
    </Card>
  )
}

function Counts({ preflight: { leads, leftOut }, batches }: { preflight: Preflight; batches: readonly Batch[] }) {
  const out = leftOut.reduce((sum, { count }) => sum + count, 0)
  const twice = batches.reduce((sum, { leadCount }) => sum + leadCount, 0) - leads - out
  return (
    <>
      <p>
        <b className="font-semibold text-figure">{formatCount(leads)}</b>{' '}
        <span className="text-ink-2">
          {inNumber(leads, 'lead', 'leads')} from {formatOf(batches.length, 'batch', 'batches')}
        </span>
      </p>
      {out === 0 ? (
        <p className="mt-2 text-ink-2">Nobody is left out.</p>
      ) : (
        <>
          <p className="mt-3 font-medium">{formatOf(out, 'lead')} left out</p>
          <dl className="mt-1 grid gap-1 text-ink-2">
            {leftOut.map(({ reason, count }) => (
              <div key={reason} className="flex justify-between gap-3">
                <dt className="first-letter:uppercase">{leftOutWords(reason)}</dt>
                <dd>{formatCount(count)}</dd>
              </div>
            ))}
          </dl>
          <p className="mt-2 text-caption text-ink-3">
            They stay in the batch and are never written to by this campaign.
          </p>
        </>
      )}
      {twice > 0 && (
        <p className="mt-2 text-caption text-ink-3">
          {formatOf(twice, 'lead stands', 'leads stand')} in more than one batch and {inNumber(twice, 'gets', 'get')}{' '}
          each email once.
        </p>
      )}
    </>
  )
}
