'use client'

import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import { Time } from '@/components/ui/time'
import type { SendQuestion as Question } from './use-send-reply'

/** The question before a reply is sent; `why`: the words of the server. */
export function SendQuestion({
  question,
  why,
  zone,
  pending,
  onAgree,
  onRefuse,
}: {
  /** Null while nothing is asked. */
  question: Question | null
  why: string
  zone: string
  pending: boolean
  onAgree: () => void
  onRefuse: () => void
}) {
  const { title, confirmLabel } = wordsOf(question)
  return (
    <ConfirmDialog
      open={question !== null}
      onOpenChange={(open) => open || onRefuse()}
      title={title}
      confirmLabel={confirmLabel}
      tone={question?.is === 'suppressed' ? 'danger' : 'primary'}
      pending={pending}
      onConfirm={onAgree}
    >
      <p>{why}</p>
      {question?.is === 'answered' && (
        <ul aria-label="Answers to this message" className="mt-2 grid gap-1">
          {question.answers.map(({ id, writtenBy, at }) => (
            <li key={id}>
              {writtenBy ?? 'Somebody who has left'}, <Time at={at} zone={zone} />
            </li>
          ))}
        </ul>
      )}
    </ConfirmDialog>
  )
}

function wordsOf(question: Question | null): { title: string; confirmLabel: string } {
  switch (question?.is) {
    case 'answered':
      return { title: 'Send your reply as well?', confirmLabel: 'Send it as well' }
    case 'already':
      return { title: 'Send this as a further reply?', confirmLabel: 'Send a further reply' }
    default:
      return { title: `Send to ${question?.who.join(', ') ?? ''} all the same?`, confirmLabel: 'Send all the same' }
  }
}
