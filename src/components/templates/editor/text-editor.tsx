'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { cn } from '@/components/ui/class-names'
import { Stack } from '@/components/ui/layout'
import type { TemplateProblem } from '../api-types'
import { PreviewCard } from './preview-card'
import { ProblemList } from './problem-list'
import { shownProblems } from './shown-problems'
import type { TextDraft } from './template-draft'
import { TemplateFields } from './template-fields'
import type { PreviewState } from './use-preview'
import { useTextInsertion } from './use-text-insertion'
import { VariableList } from './variable-list'

/** Subject and text of an email, its variables, what is to be said against it, and what a lead would get. */
export function TextEditor({
  draft,
  preview,
  onChange,
  notice,
  head,
  foot,
  replies = false,
  marked = false,
  stacked = false,
  focused = false,
}: {
  draft: TextDraft
  preview: PreviewState
  onChange: (patch: Partial<TextDraft>) => void
  /** Above the fields. */
  notice?: ReactNode
  /** The first of the fields. */
  head?: ReactNode
  /** Below the fields. */
  foot?: ReactNode
  /** It replies in a thread, which has a subject already. */
  replies?: boolean
  /** It was to be saved: what is missing is marked. */
  marked?: boolean
  /** In one column. */
  stacked?: boolean
  /** A person asked for it: its first field takes the focus. */
  focused?: boolean
}) {
  const insertion = useTextInsertion()
  const [typing, setTyping] = useState<TemplateProblem['part']>(null)
  const own = preview.data?.problems.filter(({ part }) => !replies || part !== 'subject')
  const problems = own && shownProblems(own, typing)
  const editor = useRef<HTMLDivElement>(null)
  const wanted = useRef(focused)
  useEffect(() => {
    if (wanted.current) editor.current?.querySelector<HTMLElement>('input, textarea')?.focus()
    wanted.current = false
  }, [])
  return (
    <div ref={editor} className={cn('grid grid-cols-[minmax(0,1fr)] items-start gap-4', !stacked && 'lg:grid-cols-2')}>
      <Stack>
        {notice}
        <TemplateFields
          {...{ draft, insertion, problems, head, foot, replies, marked, onChange }}
          onTyping={setTyping}
        />
        <VariableList
          rates={preview.data?.fillRates}
          totalLeads={preview.data?.totalLeads}
          onInsert={insertion.insert}
        />
      </Stack>
      <Stack className={stacked ? '' : 'lg:sticky lg:top-5'}>
        <ProblemList
          problems={problems}
          confirmed={draft.confirmedTexts ?? []}
          onConfirm={(confirmedTexts) => onChange({ confirmedTexts })}
        />
        <PreviewCard preview={preview} hasHtml={draft.bodyHtml.trim() !== ''} />
      </Stack>
    </div>
  )
}
