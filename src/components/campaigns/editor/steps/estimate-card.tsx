'use client'

import { Info } from 'lucide-react'
import { SampleBadge } from '@/components/lead-sources/sample-badge'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { Cell } from '@/components/ui/data/cell'
import { type Column, DataTable } from '@/components/ui/data/data-table'
import { ErrorState } from '@/components/ui/error-state'
import { Skeleton } from '@/components/ui/skeleton'
import { messageOf } from '@/trpc/react'
import type { SourceEstimate } from '../../api-types'
import { estimateWords, placeWords, sampleName } from './estimate-text'
import type { EstimateQuery } from './use-estimate'

/** The number of people or companies that fit, and a few examples, from sources that give them for free. */
export function EstimateCard({ estimate }: { estimate: EstimateQuery }) {
  return (
    <Card aria-labelledby="estimate">
      <CardHeader id="estimate" title="Who would be found" aside="free of charge" />
      {estimate.error && !estimate.data ? (
        <ErrorState title={messageOf(estimate.error)} untouched="Nothing was bought." className="m-4" />
      ) : !estimate.data ? (
        <div role="status" className="p-[18px]">
          <span className="sr-only">Asking the sources</span>
          <Skeleton className="h-24" />
        </div>
      ) : (
        <div className="mt-1 divide-y">
          {estimate.data.sources.map((one) => (
            <Estimate key={one.source} estimate={one} />
          ))}
        </div>
      )}
    </Card>
  )
}

function Estimate({ estimate }: { estimate: SourceEstimate }) {
  const { label, problem, samples, sample } = estimate
  return (
    <section aria-label={label}>
      <CardBody className="flex flex-wrap items-start gap-x-3 gap-y-1 pb-3">
        <h3 className="font-medium">{label}</h3>
        {sample && <SampleBadge />}
        {problem ? (
          <p className="flex w-full items-start gap-2">
            <Info aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-3" />
            <span className="min-w-0 text-ink-2 [overflow-wrap:anywhere]">{problem}</span>
          </p>
        ) : (
          <p className="text-ink-2 sm:ml-auto">{estimateWords(estimate)}</p>
        )}
      </CardBody>
      {samples.length > 0 && (
        <DataTable
          caption={`Samples from ${label}`}
          columns={COLUMNS}
          rows={samples}
          rowKey={({ sourceRef }) => sourceRef}
          className="border-t"
        />
      )}
    </section>
  )
}

type Sample = SourceEstimate['samples'][number]

const COLUMNS: Column<Sample>[] = [
  {
    key: 'who',
    header: 'Sample',
    cell: (sample) => <Cell note={sample.jobTitle}>{sampleName(sample)}</Cell>,
  },
  {
    key: 'company',
    header: 'Company',
    align: 'left',
    cell: ({ companyName, industry }) => <Cell note={industry}>{companyName ?? '–'}</Cell>,
  },
  { key: 'place', header: 'Place', align: 'left', cell: (sample) => placeWords(sample) ?? '–' },
]
