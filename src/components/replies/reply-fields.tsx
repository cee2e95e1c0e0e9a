'use client'

import { useState } from 'react'
import { useTemplateChoices } from '@/components/lists/use-choices'
import { Checkbox } from '@/components/ui/fields/checkbox'
import { Combobox } from '@/components/ui/fields/combobox'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { TokenInput } from '@/components/ui/fields/token-input'
import { notifyFailed } from '@/components/ui/overlays/toast'
import { MOST_RECIPIENTS } from '@/domain/reply/state'
import { api, messageOf } from '@/trpc/react'
import type { ReplyBeginning, ReplyDraft } from './reply-types'

type Part = { draft: ReplyDraft; change: (patch: Partial<ReplyDraft>) => void }

/** Whom it goes to, from whom, about what. */
export function Recipients({
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
      <div className="grid @lg:grid-cols-2 gap-3">
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

/** Adds the text of a template, filled in for the lead, after what is written. */
export function TemplateChoice({ messageId, draft, change }: Part & { messageId: string }) {
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
    <Field label="Template" hint="Its text is added after yours, with the values of this lead." optional>
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
export function Below({ draft, change, beginning: { signature, quote } }: Part & { beginning: ReplyBeginning }) {
  return (
    <div className="grid gap-1">
      {signature && <p className="whitespace-pre-line text-control text-ink-2">{signature}</p>}
      <Checkbox
        label="With the message below"
        checked={draft.quote}
        onChange={({ target }) => change({ quote: target.checked })}
      />
      {draft.quote && (
        <div className="rounded-small border-l-2 bg-sunken px-3 py-2 text-caption text-ink-2">
          <section
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
            tabIndex={0}
            aria-label="The message below"
            // Whole lines: none is cut in half.
            className="max-h-[6lh] overflow-auto whitespace-pre-wrap [overflow-wrap:anywhere]"
          >
            {quote}
          </section>
        </div>
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
