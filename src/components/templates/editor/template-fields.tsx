'use client'

import { type FocusEvent, type ReactNode, useState } from 'react'
import { Card } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/fields/checkbox'
import { Field } from '@/components/ui/fields/field'
import { Input, Textarea } from '@/components/ui/fields/input'
import type { TemplateProblem } from '../api-types'
import type { TextDraft } from './template-draft'
import type { TextInsertion } from './use-text-insertion'

/** Subject, text and, if wanted, HTML. Errors stand at the part they are about. */
export function TemplateFields({
  draft,
  onChange,
  insertion,
  problems,
  head,
  foot,
  replies,
  marked,
  onTyping,
}: {
  draft: TextDraft
  onChange: (patch: Partial<TextDraft>) => void
  insertion: TextInsertion
  problems: readonly TemplateProblem[] | undefined
  head: ReactNode
  foot: ReactNode
  /** It replies in a thread, which has a subject already. */
  replies: boolean
  /** It was to be saved: what is missing is marked. */
  marked: boolean
  /** The part that has the focus; null when none has. */
  onTyping: (part: TemplateProblem['part']) => void
}) {
  const track = trackerOf(insertion, onTyping)
  const errorAt = (part: 'subject' | 'bodyText' | 'bodyHtml') =>
    (marked && part !== 'bodyHtml' && !draft[part].trim() && MISSING[part]) ||
    problems?.find(
      (problem) => problem.level === 'error' && problem.part === part && !problem.message.endsWith(' is empty.'),
    )?.message
  return (
    <Card className="grid gap-4 p-[18px]">
      {head}
      {!replies && (
        <Field label="Subject" error={errorAt('subject')} required>
          <Input
            {...track('subject')}
            value={draft.subject}
            spellCheck
            onChange={(event) => onChange({ subject: event.target.value })}
          />
        </Field>
      )}
      <Field
        label="Text"
        error={errorAt('bodyText')}
        required
        hint="Unsubscribe link and postal address are added below by themselves."
      >
        <Textarea
          {...track('bodyText')}
          code
          rows={14}
          value={draft.bodyText}
          spellCheck
          onChange={(event) => onChange({ bodyText: event.target.value })}
        />
      </Field>
      <HtmlVersion draft={draft} error={errorAt('bodyHtml')} tracked={track('bodyHtml')} onChange={onChange} />
      {foot}
    </Card>
  )
}

/** HTML beside the text, if wanted. */
function HtmlVersion({
  draft,
  error,
  tracked,
  onChange,
}: {
  draft: TextDraft
  error: string | undefined
  tracked: ReturnType<ReturnType<typeof trackerOf>>
  onChange: (patch: Partial<TextDraft>) => void
}) {
  const [asked, setAsked] = useState(false)
  const html = asked || draft.bodyHtml !== ''
  return (
    <>
      <Checkbox
        label="Also an HTML version"
        hint="Mail programs that show HTML take it; the text goes along for all others."
        checked={html}
        onChange={(event) => {
          setAsked(event.target.checked)
          if (event.target.checked && draft.bodyHtml === '') onChange({ bodyHtml: htmlFromText(draft.bodyText) })
          if (!event.target.checked) onChange({ bodyHtml: '' })
        }}
      />
      {html && (
        <Field label="HTML" error={error}>
          <Textarea
            {...tracked}
            code
            rows={14}
            value={draft.bodyHtml}
            spellCheck={false}
            onChange={(event) => onChange({ bodyHtml: event.target.value })}
          />
        </Field>
      )}
    </>
  )
}

const MISSING = { subject: 'Write the subject.', bodyText: 'Write the text.' }

type Part = TemplateProblem['part']

/** For the field of a part: where the cursor is, and that a person types there. */
const trackerOf = (insertion: TextInsertion, onTyping: (part: Part) => void) => (part: NonNullable<Part>) => ({
  ...insertion.track,
  onFocus: (event: FocusEvent<HTMLInputElement | HTMLTextAreaElement>) => {
    insertion.track.onFocus(event)
    onTyping(part)
  },
  onBlur: () => onTyping(null),
})

/** A beginning: one paragraph for each paragraph of the text. */
const htmlFromText = (text: string) =>
  text
    .trim()
    .split(/\n{2,}/)
    .filter(Boolean)
    .map((paragraph) => `<p>${paragraph.replace(/\n/g, '<br>\n')}</p>`)
    .join('\n')
