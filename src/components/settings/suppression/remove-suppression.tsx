'use client'

import { useState } from 'react'
import { Field } from '@/components/ui/fields/field'
import { Textarea } from '@/components/ui/fields/input'
import { formatOf, inNumber } from '@/components/ui/numbers'
import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import { notifyDone } from '@/components/ui/overlays/toast'
import { REMOVAL_REASON_MAX, readRemovalReason } from '@/domain/lead/suppression'
import { api, messageOf } from '@/trpc/react'
import type { SuppressionEntry } from '../api-types'

/** Asks why an entry is taken off the list, and says what that means. */
export function RemoveSuppression({ entry, onClose }: { entry: SuppressionEntry | null; onClose: () => void }) {
  const utils = api.useUtils()
  const [why, setWhy] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const close = () => {
    setWhy('')
    setProblem(null)
    onClose()
  }
  const remove = api.suppression.remove.useMutation({
    onSuccess: async ({ leadsUnsubscribed }) => {
      notifyDone(`${entry?.value ?? 'The entry'} is off the list.`, { description: afterWords(leadsUnsubscribed) })
      close()
      await utils.suppression.invalidate()
    },
  })
  const confirm = () => {
    const read = readRemovalReason(why)
    if (entry && read.ok) remove.mutate({ id: entry.id, reason: read.reason })
    else if (!read.ok) setProblem(read.problem)
  }
  return (
    <ConfirmDialog
      open={entry !== null}
      onOpenChange={(open) => {
        if (!open) close()
        remove.reset()
      }}
      title={`Take ${entry?.value ?? 'this entry'} off the list?`}
      confirmLabel="Take off the list"
      tone="danger"
      pending={remove.isPending}
      error={remove.error && messageOf(remove.error)}
      onConfirm={confirm}
    >
      {entry && <Warning entry={entry} />}
      <p>
        {entry?.kind === 'domain'
          ? 'New campaigns may write to people at it again.'
          : 'New campaigns may write to it again.'}{' '}
        Emails that were skipped stay skipped. A lead that is unsubscribed stays so, and gets no email, until a person
        sets its status.
      </p>
      <Field
        label="Why does it come off the list?"
        hint="Kept with your name, and shown below the list."
        error={problem}
        required
      >
        <Textarea
          rows={2}
          maxLength={REMOVAL_REASON_MAX}
          value={why}
          onChange={({ target }) => {
            setWhy(target.value)
            setProblem(null)
          }}
        />
      </Field>
    </ConfirmDialog>
  )
}

function Warning({ entry: { kind, reason } }: { entry: SuppressionEntry }) {
  if (reason !== 'unsubscribed' && reason !== 'complained') return null
  const who = kind === 'domain' ? 'Somebody at it' : 'This person'
  return (
    <p className="font-medium text-ink">
      {reason === 'unsubscribed' ? `${who} said no and unsubscribed.` : `${who} complained.`} Take it off only if they
      agreed since.
    </p>
  )
}

const afterWords = (unsubscribed: number) =>
  unsubscribed === 0
    ? 'Emails that were skipped stay skipped.'
    : `${formatOf(unsubscribed, 'lead')} ${inNumber(unsubscribed, 'stays', 'stay')} unsubscribed until you set the status.`
