'use client'

import { CircleCheck, CircleX, Megaphone } from 'lucide-react'
import { Button, ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Card, CardBody } from '@/components/ui/card'
import { formatOf } from '@/components/ui/numbers'
import { routes } from '@/routes'
import type { CheckedImport } from '../api-types'
import { ImportLedgerCard } from './import-ledger'
import { ProblemList } from './problem-list'

/** The outcome of an import, and the next step. */
export function ImportResult({ result, onAgain }: { result: CheckedImport; onAgain: () => void }) {
  const leads = result.added + result.existing
  return (
    <div className="grid gap-4">
      <Card>
        <CardBody className="flex flex-wrap items-center gap-3 pt-4">
          {result.batchId ? (
            <CircleCheck aria-hidden className="size-5 shrink-0 text-sent-ink" />
          ) : (
            <CircleX aria-hidden className="size-5 shrink-0 text-failed-ink" />
          )}
          <p role="status" className="min-w-0 flex-1 basis-60 font-semibold text-title [overflow-wrap:anywhere]">
            {result.batchId
              ? `${formatOf(leads, 'lead')} imported into “${result.batchName}”`
              : 'No row could be imported, so no batch was made'}
          </p>
          <div className="flex flex-wrap gap-2">
            <Button onClick={onAgain}>Import another file</Button>
            {result.batchId && (
              <>
                <ButtonLink href={routes.batch(result.batchId)}>See the batch</ButtonLink>
                <ButtonLink variant="primary" icon={Megaphone} href={routes.newCampaign({ batch: result.batchId })}>
                  Create campaign with this batch
                </ButtonLink>
              </>
            )}
          </div>
        </CardBody>
      </Card>
      {result.suppressedNow > 0 && (
        <Callout
          tone="sent"
          title={`${formatOf(result.suppressedNow, 'address', 'addresses')} put on the suppression list`}
        >
          The file says that they want no email, or cannot be reached.
        </Callout>
      )}
      <ImportLedgerCard counts={result} done />
      <ProblemList ledger={result} fileName={result.file.fileName} />
    </div>
  )
}
