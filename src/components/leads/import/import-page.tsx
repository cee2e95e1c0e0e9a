'use client'

import { parseAsString, useQueryState } from 'nuqs'
import { PageHeader } from '@/components/ui/page-header'
import { routes } from '@/routes'
import { CheckStep } from './check-step'
import { ChooseFile } from './choose-file'
import { ImportResult } from './import-result'
import { useLeadImport } from './use-lead-import'

/** Leads from a file: choose, check, import. `?batch=` names the batch that is offered first. */
export function ImportPage() {
  const work = useLeadImport()
  const [batchId] = useQueryState('batch', parseAsString)
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Leads', href: routes.leads() }]}
        title="Import leads"
        sub={
          work.result
            ? undefined
            : work.source
              ? 'Check what was found. Nothing has been imported yet.'
              : 'A CSV file, or rows copied from a spreadsheet.'
        }
      />
      {work.result ? (
        <ImportResult result={work.result} onAgain={work.start} />
      ) : work.source ? (
        <CheckStep key={work.source.fileName} work={work} batchId={batchId} />
      ) : (
        <ChooseFile onChoose={work.choose} />
      )}
    </>
  )
}
