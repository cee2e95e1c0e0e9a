'use client'

import { type FocusEvent, useState } from 'react'
import { Card } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/fields/checkbox'
import { Field } from '@/components/ui/fields/field'
import { Input, Textarea } from '@/components/ui/fields/input'
import type { TemplateProblem } from '../api-types'
import type { TemplateDraft } from './template-draft'
import type { TextInsertion } from './use-text-insertion'

/** Name, subject, text and, if wanted, HTML. Errors stand at the part they are about. */
export function TemplateFields({
  draft,
  onChange,
  insertion,
  problems,
  onTyping,
}: {
  draft: TemplateDraft
  onChange: (patch: Partial<TemplateDraft>) => void
  insertion: TextInsertion
  problems: readonly TemplateProblem[] | undefined
  /** The part that has the focus; null when none has. */
  onTyping: (part: TemplateProblem['part']) => void
}) {
  const track = trackerOf(insertion, onTyping)
  const [askedForHtml, setAskedForHtml] = useState(false)
  const html = askedForHtml || draft.bodyHtml !== ''
  const errorAt = (part: TemplateProblem['part']) =>
    problems?.find(
      (problem) => problem.level === 'error' && problem.part === part && !problem.message.endsWith(' is empty.'),
    )?.message
  return (
    <Card className="grid gap-4 p-[18px]">
      <Field label="Name" hint="For you and your team; leads never see it." required>
        <Input value={draft.name} maxLength={120} onChange={(event) => onChange({ name: event.target.value })} />
      </Field>
      <Field label="Subject" error={errorAt('subject')} required>
        <Input
          {...track('subject')}
          value={draft.subject}
          spellCheck
          onChange={(event) => onChange({ subject: event.target.value })}
        />
      </Field>
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
      <Checkbox
        label="Also an HTML version"
        hint="Mail programs that show HTML take it; the text goes along for all others."
        checked={html}
        onChange={(event) => {
          setAskedForHtml(event.target.checked)
          if (event.target.checked && draft.bodyHtml === '') onChange({ bodyHtml: htmlFromText(draft.bodyText) })
          if (!event.target.checked) onChange({ bodyHtml: '' })
        }}
      />
      {html && (
        <Field label="HTML" error={errorAt('bodyHtml')}>
          <Textarea
            {...track('bodyHtml')}
            code
            rows={14}
            value={draft.bodyHtml}
            spellCheck={false}
            onChange={(event) => onChange({ bodyHtml: event.target.value })}
          />
        </Field>
      )}
    </Card>
  )
}

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
