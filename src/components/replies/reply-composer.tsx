'use client'

import { Send } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { useKeptDraft } from '@/components/hooks/use-kept-draft'
import { useTemplateChoices } from '@/components/lists/use-choices'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { Checkbox } from '@/components/ui/fields/checkbox'
import { Combobox } from '@/components/ui/fields/combobox'
import { Field } from '@/components/ui/fields/field'
import { Input, Textarea } from '@/components/ui/fields/input'
import { TokenInput } from '@/components/ui/fields/token-input'
import { Kbd } from '@/components/ui/kbd'
import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import { notifyFailed } from '@/components/ui/overlays/toast'
import { SkeletonRows } from '@/components/ui/skeleton'
import { MOST_RECIPIENTS, type ReplyKind } from '@/domain/reply/state'
import { api, detailsOf, messageOf } from '@/trpc/react'
import { draftKey, type ReplyBeginning, type ReplyDraft } from './reply-types'

type ComposerProps = {
  messageId: string
  kind: ReplyKind
  onClose: () => void
  /** It is stored, and can be taken back for a while. `draft`: what was typed, for whoever takes it back. */
  onSent: (id: string, draft: ReplyDraft) => void
}

/** Writes an answer to a message, or hands the message on; what is not sent stays in this tab. Below a `useAlive` gate. */
export function ReplyComposer(props: ComposerProps) {
  const { messageId, kind, onClose } = props
  const beginning = api.replies.draft.useQuery({ messageId, kind }, { staleTime: Number.POSITIVE_INFINITY })
  if (beginning.data) return <ReplyForm key={`${messageId} ${kind}`} {...props} beginning={beginning.data} />
  if (!beginning.error) return <SkeletonRows rows={3} label="Loading the message" />
  return (
    <ErrorState
      title={messageOf(beginning.error)}
      untouched="Nothing was sent."
      action={<Button onClick={onClose}>Close</Button>}
    />
  )
}

function ReplyForm({ messageId, kind, onClose, onSent, beginning }: ComposerProps & { beginning: ReplyBeginning }) {
  const first: ReplyDraft = {
    to: beginning.to,
    cc: [],
    subject: beginning.subject,
    text: '',
    quote: true,
    asHtml: false,
  }
  const { draft, change, discard, forget } = useKeptDraft<ReplyDraft>(draftKey(messageId, kind), first, null)
  const send = api.replies.send.useMutation({
    onSuccess: ({ id }) => {
      forget()
      onSent(id, draft)
    },
  })
  const details = detailsOf(send.error)
  const suppressed = Array.isArray(details?.suppressed) ? details.suppressed.map(String) : null
  const submit = (confirmed?: string[]) =>
    send.mutate({ messageId, kind, ...draft, ...(confirmed ? { confirmed } : {}) })
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat || send.isPending) return
    event.preventDefault()
    submit()
  }
  const wrong = (field: string) => (details?.field === field ? messageOf(send.error) : undefined)
  return (
    <form
      aria-label={kind === 'answer' ? 'Reply' : 'Forward'}
      noValidate
      className="grid gap-3 px-[18px] py-3"
      onKeyDown={press}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Recipients draft={draft} change={change} wrong={wrong} from={beginning.from} />
      <TemplateChoice messageId={messageId} draft={draft} change={change} />
      <Field label="Text" error={wrong('text')} required>
        <Textarea
          rows={7}
          autoFocus={kind === 'answer'}
          maxLength={100_000}
          value={draft.text}
          onChange={({ target }) => change({ text: target.value })}
        />
      </Field>
      <Below draft={draft} change={change} beginning={beginning} />
      {send.error && !suppressed && !details?.field && (
        <ErrorState title={messageOf(send.error)} untouched="What you have written is still here." />
      )}
      <SendButtons
        pending={send.isPending}
        goesOut={beginning.goesOut}
        discard={() => {
          discard()
          onClose()
        }}
      />
      <ConfirmDialog
        open={suppressed !== null}
        onOpenChange={(open) => !open && send.reset()}
        title={`Send to ${suppressed?.join(', ') ?? ''} all the same?`}
        confirmLabel="Send all the same"
        tone="danger"
        pending={send.isPending}
        onConfirm={() => submit(suppressed ?? [])}
      >
        <p>{send.error && messageOf(send.error)}</p>
      </ConfirmDialog>
    </form>
  )
}

function SendButtons({ pending, goesOut, discard }: { pending: boolean; goesOut: boolean; discard: () => void }) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button type="submit" variant="primary" icon={Send} pending={pending}>
        Send <Kbd inherit>Ctrl Enter</Kbd>
      </Button>
      <Button onClick={discard}>Discard</Button>
      {!goesOut && <span className="text-caption text-ink-3">It stays in the sandbox inbox.</span>}
    </div>
  )
}

type Part = { draft: ReplyDraft; change: (patch: Partial<ReplyDraft>) => void }

function Recipients({
  draft,
  change,
  wrong,
  from,
}: Part & { wrong: (field: string) => string | undefined; from: ReplyBeginning['from'] }) {
  return (
    <>
      <p className="text-caption text-ink-3">
        From {from.name} · {from.email}
      </p>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="To" error={wrong('to')} required>
          <TokenInput
            values={draft.to}
            onValuesChange={(to) => change({ to })}
            most={MOST_RECIPIENTS}
            commas
            maxLength={254}
            placeholder="Address, then Enter"
          />
        </Field>
        <Field label="Cc" error={wrong('cc')} optional>
          <TokenInput
            values={draft.cc}
            onValuesChange={(cc) => change({ cc })}
            most={MOST_RECIPIENTS}
            commas
            maxLength={254}
            placeholder="Address, then Enter"
          />
        </Field>
      </div>
      <Field label="Subject" error={wrong('subject')}>
        <Input maxLength={500} value={draft.subject} onChange={({ target }) => change({ subject: target.value })} />
      </Field>
    </>
  )
}

/** Puts the text of a template, filled in for the lead, behind what is written. */
function TemplateChoice({ messageId, draft, change }: Part & { messageId: string }) {
  const utils = api.useUtils()
  const [pending, setPending] = useState(false)
  const choices = useTemplateChoices()
  const rows = choices.rows ?? []
  if (choices.rows && choices.total === 0) return null
  const choose = async (templateId: string) => {
    setPending(true)
    try {
      const { text } = await utils.client.replies.fromTemplate.query({ messageId, templateId })
      change({ text: [draft.text.trimEnd(), text].filter(Boolean).join('\n\n') })
    } catch (error) {
      notifyFailed(messageOf(error))
    } finally {
      setPending(false)
    }
  }
  return (
    <Field label="Template" hint="Its text comes behind yours, with the values of this lead." optional>
      <Combobox
        value={null}
        disabled={pending || !choices.rows}
        placeholder="Choose a template"
        empty="No template has this name."
        options={rows.map(({ id, name, subject }) => ({ value: id, label: name, hint: subject }))}
        onTyped={choices.type}
        onValueChange={(id) => void choose(id)}
      />
    </Field>
  )
}

/** What stands below the text when it leaves. */
function Below({ draft, change, beginning: { signature, quote } }: Part & { beginning: ReplyBeginning }) {
  return (
    <div className="grid gap-1">
      {signature && <p className="whitespace-pre-line text-control text-ink-2">{signature}</p>}
      <Checkbox
        label="With the message below"
        checked={draft.quote}
        onChange={({ target }) => change({ quote: target.checked })}
      />
      {draft.quote && (
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
          tabIndex={0}
          aria-label="The message below"
          className="max-h-44 overflow-auto whitespace-pre-wrap rounded-small border-l-2 bg-sunken px-3 py-2 text-caption text-ink-2 [overflow-wrap:anywhere]"
        >
          {quote}
        </section>
      )}
      <Checkbox
        label="Also as simple HTML"
        hint="Links can be clicked; mail programs that show plain text get that."
        checked={draft.asHtml}
        onChange={({ target }) => change({ asHtml: target.checked })}
      />
    </div>
  )
}
