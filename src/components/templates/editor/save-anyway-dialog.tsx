'use client'

import { formatOf, inNumber } from '@/components/ui/numbers'
import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import type { SaveQuestion } from './use-asked-update'

/** The question before a save that keeps planned emails from being made. */
export function SaveAnywayDialog({ question }: { question: SaveQuestion | null }) {
  const { emails = 0, reasons = [] } = question ?? {}
  return (
    <ConfirmDialog
      open={question !== null}
      onOpenChange={(open) => !open && question?.close()}
      title={`${formatOf(emails, 'planned email')} could not be made`}
      confirmLabel="Save anyway"
      cancelLabel="Keep editing"
      tone="danger"
      onConfirm={() => question?.confirm()}
    >
      <ul className="grid gap-1">
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <p>
        Nothing was saved yet. With this text {inNumber(emails, 'it fails', 'they fail')} when{' '}
        {inNumber(emails, 'it is', 'they are')} due, and the campaign pauses at the third in a row. A variable needs a
        value for every lead, or a fallback.
      </p>
    </ConfirmDialog>
  )
}
