'use client'

import { parseAsString, useQueryState } from 'nuqs'
import { Card } from '@/components/ui/card'
import { Deferred } from '@/components/ui/later/deferred'
import { later } from '@/components/ui/later/later'
import { PageHeader } from '@/components/ui/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'
import { routes } from '@/routes'
import { ChooseFile } from './choose-file'
import { useLeadImport } from './use-lead-import'

// Nothing is to be checked before a file is chosen.
const check = later(() => import('./check-step'))

const WAITING = (
  <Card>
    <SkeletonRows rows={6} label="Loading the next step" />
  </Card>
)

/** Leads from a file: choose, check, import. `?batch=` names the batch that is offered first. */
export function ImportPage() {
  const work = useLeadImport()
  const { source } = work
  const [batchId] = useQueryState('batch', parseAsString)
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Leads', href: routes.leads() }]}
        title="Import leads"
        sub={
          source
            ? 'Check what was found. Nothing has been imported yet.'
            : 'A CSV file, or rows copied from a spreadsheet.'
        }
      />
      {source ? (
        <Deferred part={check} waiting={WAITING}>
          {({ CheckStep }) => <CheckStep key={source.fileName} work={work} batchId={batchId} />}
        </Deferred>
      ) : (
        <ChooseFile onChoose={work.choose} />
      )}
    </>
  )
}
