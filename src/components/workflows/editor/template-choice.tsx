'use client'

import { Combobox } from '@/components/ui/fields/combobox'
import { Field } from '@/components/ui/fields/field'
import { TextLink } from '@/components/ui/text-link'
import { subjectWords } from '@/domain/templates/title'
import { routes } from '@/routes'
import type { TemplateChoices } from '../api-types'
import { type DraftStep, templateProblem } from './workflow-draft'

/** The template that a step sends. */
export function TemplateChoice({
  step,
  templates,
  marked,
  onChange,
}: {
  step: DraftStep
  templates: TemplateChoices
  marked: boolean
  onChange: (patch: Partial<DraftStep>) => void
}) {
  const { rows = [], type } = templates
  const template = rows.find(({ id }) => id === step.templateId)
  const lost = templates.rows !== undefined && step.templateId !== '' && !template
  return (
    <Field
      className="mt-2.5"
      label="Template"
      error={
        lost ? 'This template does not exist any more. Choose another.' : (marked && templateProblem(step)) || undefined
      }
      aside={template && <TextLink href={routes.template(template.id)}>Open template</TextLink>}
    >
      <Combobox
        options={rows.map(({ id, name, subject }) => ({ value: id, label: name, hint: subjectWords(subject) }))}
        value={step.templateId || null}
        onValueChange={(templateId) => onChange({ templateId })}
        onTyped={type}
        placeholder="Choose a template"
        empty={templates.total === 0 ? 'There is no template yet.' : 'No template of this name.'}
      />
    </Field>
  )
}
