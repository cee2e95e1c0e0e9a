'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/fields/field'
import { Textarea } from '@/components/ui/fields/input'
import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import { Menu } from '@/components/ui/overlays/menu'
import { notifyDone, notifyFailed } from '@/components/ui/overlays/toast'
import type { Correction } from '@/domain/conversation/correction'
import { REMOVAL_REASON_MAX, readRemovalReason } from '@/domain/lead/suppression'
import { api, messageOf } from '@/trpc/react'
import { useRefreshLeads } from '../actions/use-lead-actions'
import type { LeadMessage } from '../api-types'
import { correctedWords, correctionWords } from './correction-text'

type Corrected = Omit<LeadMessage, 'receivedAt'>

/** Says what a message really is. Where that takes an address off the suppression list, it asks why. */
export function CorrectMessage({ message }: { message: Corrected }) {
  const refresh = useRefreshLeads()
  const [asked, setAsked] = useState<Correction | null>(null)
  const correct = api.leads.correctMessage.useMutation({
    onSuccess: (done) => {
      notifyDone(correctionWords(message, done.to).done, { description: correctedWords(done) })
      setAsked(null)
    },
    onSettled: refresh,
  })
  const choose = (to: Correction) => {
    correct.reset()
    if (to !== 'stop_request' && message.suppressed.length > 0) setAsked(to)
    else correct.mutate({ id: message.id, to }, { onError: (error) => notifyFailed(messageOf(error)) })
  }
  if (message.corrections.length === 0) return null
  const label = message.effects.asksPerson ? 'Decide what it is' : 'Wrong category?'
  return (
    <>
      <Menu
        label={`${label}: “${message.subject || 'No subject'}”`}
        trigger={
          <Button
            variant={message.effects.asksPerson ? 'primary' : 'link'}
            pending={correct.isPending}
            aria-label={`${label}: “${message.subject || 'No subject'}”`}
          >
            {label}
          </Button>
        }
        items={message.corrections.map((to) => ({
          label: correctionWords(message, to).label,
          hint: correctionWords(message, to).hint,
          onSelect: () => choose(to),
        }))}
      />
      <AskWhy
        key={asked}
        message={message}
        asked={asked}
        pending={correct.isPending}
        error={correct.error && messageOf(correct.error)}
        onClose={() => setAsked(null)}
        onConfirm={(why) => asked && correct.mutate({ id: message.id, to: asked, why })}
      />
    </>
  )
}

function AskWhy({
  message: { suppressed },
  asked,
  pending,
  error,
  onClose,
  onConfirm,
}: {
  message: Corrected
  asked: Correction | null
  pending: boolean
  error: string | null
  onClose: () => void
  onConfirm: (why: string) => void
}) {
  const [why, setWhy] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const confirm = () => {
    const read = readRemovalReason(why)
    if (read.ok) onConfirm(read.reason)
    else setProblem(read.problem)
  }
  return (
    <ConfirmDialog
      open={asked !== null}
      onOpenChange={(open) => !open && onClose()}
      title={`Take ${suppressed.join(', ')} off the suppression list?`}
      confirmLabel="Correct and take off the list"
      tone="danger"
      pending={pending}
      error={error}
      onConfirm={confirm}
    >
      <p>
        This message had put it there. What it skipped is planned again. Take it off only if nobody asked you to stop.
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
