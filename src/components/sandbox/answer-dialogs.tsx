'use client'

import { type FormEvent, useId, useState } from 'react'
import { dayWords } from '@/components/time/days'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/fields/field'
import { Input, Textarea } from '@/components/ui/fields/input'
import { Dialog } from '@/components/ui/overlays/dialog'
import { ANSWER_TEXT_MAX, type SandboxAnswer } from '@/domain/conversation/sandbox-answer'

type AnswerDialog = {
  open: boolean
  pending: boolean
  onClose: () => void
  onAnswer: (answer: SandboxAnswer) => void
}

const SAMPLE = 'Thank you, that sounds interesting. Could we talk next week?'

/** What the lead writes back. */
export function ReplyDialog({ open, pending, onClose, onAnswer }: AnswerDialog) {
  const formId = useId()
  const [text, setText] = useState(SAMPLE)
  const [problem, setProblem] = useState<string | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim()) onAnswer({ kind: 'reply', text })
    else setProblem('Write what the lead answers.')
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title="Answer as this lead"
      description="The email is quoted below this text when it is sent, as mail programs do."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={formId} pending={pending}>
            Send the answer
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit}>
        <Field label="Answer" error={problem} required>
          <Textarea
            rows={5}
            maxLength={ANSWER_TEXT_MAX}
            value={text}
            onChange={({ target }) => {
              setText(target.value)
              setProblem(null)
            }}
          />
        </Field>
      </form>
    </Dialog>
  )
}

/** Until when the lead is away. */
export function AwayDialog({ open, pending, onClose, onAnswer }: AnswerDialog) {
  const formId = useId()
  const [day, setDay] = useState('')
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title="Out of office"
      description="An automatic answer is no reply: it puts the planned emails off until the return."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={formId} pending={pending}>
            Send the automatic answer
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault()
          onAnswer({ kind: 'out_of_office', until: day || null })
        }}
      >
        <Field
          label="Away until"
          optional
          hint={dayWords(day) ?? 'Empty: the answer names no day, and the number of days in the settings counts.'}
        >
          <Input type="date" value={day} onChange={({ target }) => setDay(target.value)} />
        </Field>
      </form>
    </Dialog>
  )
}
