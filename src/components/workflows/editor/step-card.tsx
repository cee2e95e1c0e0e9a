'use client'

import { ArrowDown, ArrowUp, Copy, Mail, Trash2 } from 'lucide-react'
import { subjectWords } from '@/components/templates/subject-text'
import { IconButton } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/fields/checkbox'
import { Combobox } from '@/components/ui/fields/combobox'
import { Field } from '@/components/ui/fields/field'
import { TextLink } from '@/components/ui/text-link'
import { routes } from '@/routes'
import type { TemplateChoices } from '../api-types'
import { type DraftStep, templateProblem } from './workflow-draft'

type Acts = {
  index: number
  count: number
  onMove: (to: number) => void
  onDuplicate: (() => void) | undefined
  onRemove: () => void
}

/** One email: which template, and whether it answers in the thread of the emails before. */
export function StepCard({
  step,
  index,
  count,
  templates,
  marked,
  onChange,
  onMove,
  onDuplicate,
  onRemove,
}: Acts & {
  step: DraftStep
  templates: TemplateChoices
  marked: boolean
  onChange: (patch: Partial<DraftStep>) => void
}) {
  const { rows = [], type } = templates
  const template = rows.find(({ id }) => id === step.templateId)
  const lost = templates.rows !== undefined && step.templateId !== '' && !template
  return (
    <li data-step={step.key}>
      <Card aria-label={`Step ${index + 1}`} className="px-[18px] pt-2.5 pb-4">
        <div className="mb-2 flex items-center gap-2">
          <Mail aria-hidden className="size-4 text-ink-2" />
          <h2 className="flex-1 font-semibold text-control">Email {index + 1}</h2>
          <StepActs index={index} count={count} onMove={onMove} onDuplicate={onDuplicate} onRemove={onRemove} />
        </div>
        <Field
          label="Template"
          error={
            lost
              ? 'This template does not exist any more. Choose another.'
              : (marked && templateProblem(step)) || undefined
          }
          aside={template && <TextLink href={routes.template(template.id)}>Open template</TextLink>}
        >
          <Combobox
            options={rows.map(({ id, name, subject }) => ({
              value: id,
              label: name,
              hint: subjectWords(subject),
            }))}
            value={step.templateId || null}
            onValueChange={(templateId) => onChange({ templateId })}
            onTyped={type}
            placeholder="Choose a template"
            empty="No template of this name."
          />
        </Field>
        {index > 0 ? (
          <Checkbox
            className="mt-1.5"
            label="Reply in the same thread"
            hint={step.reply ? 'Its own subject is not used: it answers the first email.' : undefined}
            checked={step.reply}
            onChange={(event) => onChange({ reply: event.target.checked })}
          />
        ) : (
          <p className="mt-2 text-caption text-ink-3">Goes out when the campaign starts.</p>
        )}
      </Card>
    </li>
  )
}

function StepActs({ index, count, onMove, onDuplicate, onRemove }: Acts) {
  const name = `step ${index + 1}`
  return (
    <div className="-mr-2 flex">
      <IconButton
        icon={ArrowUp}
        label={`Move ${name} up`}
        data-move="up"
        disabled={index === 0}
        onClick={() => onMove(index - 1)}
      />
      <IconButton
        icon={ArrowDown}
        label={`Move ${name} down`}
        data-move="down"
        disabled={index === count - 1}
        onClick={() => onMove(index + 1)}
      />
      <IconButton icon={Copy} label={`Duplicate ${name}`} disabled={!onDuplicate} onClick={onDuplicate} />
      <IconButton icon={Trash2} label={`Remove ${name}`} disabled={count === 1} onClick={onRemove} />
    </div>
  )
}
