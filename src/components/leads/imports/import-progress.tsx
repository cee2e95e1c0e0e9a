'use client'

import { Ban, CircleCheck, CircleX, Megaphone, Undo2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useMayWrite } from '@/components/shell/user'
import { Button, ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Card, CardBody } from '@/components/ui/card'
import { ProgressBar } from '@/components/ui/data/progress-bar'
import { later } from '@/components/ui/later/later'
import { formatOf } from '@/components/ui/numbers'
import { LaterDialog } from '@/components/ui/overlays/later-dialog'
import { notifyFailed } from '@/components/ui/overlays/toast'
import { keepFocus } from '@/components/ui/page-title'
import { isOpen, isUnderWay, MOST_ATTEMPTS } from '@/domain/lead-import/state'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import type { ShownImport } from '../api-types'
import { headline } from './import-words'

const rollback = later(() => import('./rollback-dialog'))

/** How far an import is, or how it ended, with what can be done next. */
export function ImportProgress({ row }: { row: ShownImport }) {
  const { status, place, totalRows } = row
  const seen = useRef(status)
  // Each state may take the button that led to it.
  useEffect(() => {
    if (seen.current !== status) keepFocus()
    seen.current = status
  }, [status])
  return (
    <>
      <Card>
        <CardBody className="grid gap-3.5 pt-4">
          <div className="flex flex-wrap items-center gap-3">
            <Mark status={status} />
            <p role="status" className="min-w-0 flex-1 basis-60 font-semibold text-title [overflow-wrap:anywhere]">
              {headline(row)}
            </p>
            <Acts row={row} />
          </div>
          {status === 'running' && totalRows !== null && (
            <ProgressBar label="Rows read" value={place} max={totalRows} />
          )}
          {status === 'rolling_back' && (
            <ProgressBar label="Leads looked at" value={lookedAt(row)} max={row.added + row.existing} />
          )}
          {isUnderWay(status) && (
            <p className="text-caption text-ink-3">
              It goes on when you leave this page. Leads, Imports shows how far it is.
            </p>
          )}
          {row.attempts > 1 && (status === 'waiting' || status === 'running') && (
            <p className="text-caption text-held-ink">
              It has stopped here before: attempt {Math.min(row.attempts, MOST_ATTEMPTS)} of {MOST_ATTEMPTS}. What is
              imported by now stays.
            </p>
          )}
        </CardBody>
      </Card>
      {row.failure && <Callout tone="failed" title={row.failure} />}
      {row.suppressedNow > 0 && (
        <Callout
          tone="sent"
          title={`${formatOf(row.suppressedNow, 'address', 'addresses')} put on the suppression list`}
        >
          The file says that they want no email, or cannot be reached. A rollback leaves them there.
        </Callout>
      )}
    </>
  )
}

function Mark({ status }: Pick<ShownImport, 'status'>) {
  if (status === 'done') return <CircleCheck aria-hidden className="size-5 shrink-0 text-sent-ink" />
  if (status === 'failed') return <CircleX aria-hidden className="size-5 shrink-0 text-failed-ink" />
  if (status === 'cancelled') return <Ban aria-hidden className="size-5 shrink-0 text-ink-3" />
  if (status === 'rolled_back') return <Undo2 aria-hidden className="size-5 shrink-0 text-ink-3" />
  return null
}

const lookedAt = (row: ShownImport) =>
  row.removed +
  row.keptEmailed +
  row.keptPlanned +
  row.keptElsewhere +
  row.keptChanged +
  row.restored +
  row.existingKept +
  row.existingElsewhere +
  row.untouched

function Acts({ row }: { row: ShownImport }) {
  const [asking, setAsking] = useState(false)
  const mayWrite = useMayWrite()
  const { imports } = api.useUtils()
  const cancel = api.imports.cancel.useMutation({
    onSettled: () => imports.invalidate(),
    onError: (error) => notifyFailed(messageOf(error)),
  })
  const canGoOn = row.hasBatch && row.batchId !== null && !isOpen(row.status)
  return (
    <div className="flex flex-wrap gap-2">
      {isUnderWay(row.status) && mayWrite && (
        <Button pending={cancel.isPending} onClick={() => cancel.mutate({ id: row.id })}>
          Cancel import
        </Button>
      )}
      {canGoOn && row.batchId && <ButtonLink href={routes.batch(row.batchId)}>See the batch</ButtonLink>}
      {row.rollbackUntil && mayWrite && (
        <Button icon={Undo2} onClick={() => setAsking(true)}>
          Roll back…
        </Button>
      )}
      {canGoOn && row.batchId && row.status === 'done' && mayWrite && (
        <ButtonLink variant="primary" icon={Megaphone} href={routes.newCampaign({ batch: row.batchId })}>
          Create campaign with this batch
        </ButtonLink>
      )}
      <LaterDialog part={rollback} open={asking} onOpenChange={setAsking}>
        {({ RollbackDialog }) => <RollbackDialog id={row.id} open={asking} onOpenChange={setAsking} />}
      </LaterDialog>
    </div>
  )
}
