'use client'

import { Send } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useKeptDraft } from '@/components/hooks/use-kept-draft'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/fields/field'
import { Textarea } from '@/components/ui/fields/input'
import { Kbd } from '@/components/ui/kbd'
import { formatOf } from '@/components/ui/numbers'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { ReplyKind } from '@/domain/reply/state'
import { api, messageOf } from '@/trpc/react'
import { Below, Recipients, TemplateChoice } from './reply-fields'
import { keptReply } from './reply-forms'
import { draftKey, type ReplyBeginning, type ReplyDraft } from './reply-types'
import { SendQuestion } from './send-question'
import type { SentReply } from './use-reply-acts'
import { useSendReply } from './use-send-reply'

type ComposerProps = {
  messageId: string
  kind: ReplyKind
  /** The text takes the focus each time that this grows. */
  focused: number
  onClose: () => void
  /** It is stored, and can be taken back for a while. */
  onSent: (sent: SentReply) => void
}

/** Writes an answer to a message, or hands the message on; what is not sent stays in this tab. Below a `useAlive` gate. */
export function ReplyComposer(props: ComposerProps) {
  const { messageId, kind, onClose } = props
  // Each form begins with the answers that are there when it is opened.
  const beginning = api.replies.draft.useQuery({ messageId, kind }, { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 })
  if (beginning.data) return <ReplyForm {...props} beginning={beginning.data} />
  if (!beginning.error) return <SkeletonRows rows={3} label="Loading the message" />
  return (
    <ErrorState
      title={messageOf(beginning.error)}
      untouched="Nothing was sent."
      action={<Button onClick={onClose}>Close</Button>}
    />
  )
}

function ReplyForm({
  messageId,
  kind,
  focused,
  onClose,
  onSent,
  beginning,
}: ComposerProps & { beginning: ReplyBeginning }) {
  const [first] = useState<ReplyDraft>(() => ({
    id: keptReply(messageId, kind)?.id ?? crypto.randomUUID(),
    ...{ to: beginning.to, cc: [], subject: beginning.subject, text: '', quote: true, asHtml: false },
  }))
  const { draft, change, discard, forget } = useKeptDraft<ReplyDraft>(draftKey(messageId, kind), first, null)
  const send = useSendReply({
    ...{ messageId, kind, beginning, change },
    onSent: (sent) => {
      forget()
      onSent(sent)
    },
  })
  const { error, question } = send
  const submit = () => send.submit(draft)
  const text = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (focused > 0 && kind === 'answer') text.current?.focus()
  }, [focused, kind])
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat || send.pending) return
    event.preventDefault()
    submit()
  }
  const wrong = (field: string) => (send.field === field ? messageOf(error) : undefined)
  const part = { draft, change }
  return (
    <form
      aria-label={kind === 'answer' ? 'Reply' : 'Forward'}
      noValidate
      className="@container grid gap-3 px-[18px] py-3"
      onKeyDown={press}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Recipients {...part} wrong={wrong} from={beginning.from} />
      <TemplateChoice {...part} messageId={messageId} />
      <Field label="Text" error={wrong('text')} required>
        <Textarea
          ref={text}
          rows={6}
          maxLength={100_000}
          value={draft.text}
          onChange={({ target }) => change({ text: target.value })}
        />
      </Field>
      <Below {...part} beginning={beginning} />
      {kind === 'forward' && <LeftBehind names={beginning.attachments} />}
      {error && !question && !send.field && (
        <ErrorState title={messageOf(error)} untouched="What you have written is still here." />
      )}
      <SendButtons
        pending={send.pending}
        goesOut={beginning.goesOut}
        discard={() => {
          discard()
          onClose()
        }}
      />
      <SendQuestion
        question={question}
        why={error ? messageOf(error) : ''}
        zone={beginning.timezone}
        pending={send.pending}
        onAgree={() => send.agree(draft)}
        onRefuse={send.refuse}
      />
    </form>
  )
}

/** What a message that is handed on carries, and does not take along. */
function LeftBehind({ names }: { names: readonly string[] }) {
  if (names.length === 0) return null
  return (
    <p className="text-control text-ink-2 [overflow-wrap:anywhere]">
      {formatOf(names.length, 'attachment')} of this message {names.length === 1 ? 'is' : 'are'} not sent along:{' '}
      {names.join(', ')}
    </p>
  )
}

function SendButtons({ pending, goesOut, discard }: { pending: boolean; goesOut: boolean; discard: () => void }) {
  return (
    // In sight while the form is, however long that is.
    <div className="flex flex-wrap items-center gap-2 bg-surface lg:sticky lg:bottom-0 lg:py-2">
      <Button type="submit" variant="primary" icon={Send} pending={pending}>
        Send <Kbd inherit>Ctrl Enter</Kbd>
      </Button>
      <Button onClick={discard}>Discard</Button>
      {!goesOut && <span className="text-caption text-ink-3">It stays in the sandbox inbox.</span>}
    </div>
  )
}
