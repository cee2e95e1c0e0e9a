'use client'

import { Plus, Trash2 } from 'lucide-react'
import { useTemplateChoices } from '@/components/lists/use-choices'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { Combobox } from '@/components/ui/fields/combobox'
import { Field } from '@/components/ui/fields/field'
import { InputWithUnit } from '@/components/ui/fields/input'
import type { SelectOption } from '@/components/ui/fields/select'
import { inNumber } from '@/components/ui/numbers'
import { subjectWords } from '@/domain/templates/title'
import { STEP_LIMIT } from '@/domain/workflow/steps'
import { messageOf } from '@/trpc/react'
import type { CampaignDetails } from '../api-types'
import type { StepValues } from './change-values'

/** The emails in their order: their templates, their waits, and places for further ones behind what leads have got. */
export function SequenceCard({
  workflow,
  present,
  steps,
  reached,
  errors,
  onChange,
}: {
  /** The name of the workflow that the campaign follows until then; null where it follows none. */
  workflow: string | null
  /** The steps as they are: their texts may belong to them alone, and stand in no list. */
  present: CampaignDetails['steps']
  steps: readonly StepValues[]
  /** The last step that a lead has got. */
  reached: number
  errors: Readonly<Record<string, string>>
  onChange: (steps: StepValues[]) => void
}) {
  const templates = useTemplateChoices(steps.map(({ templateId }) => templateId))
  const put = (index: number, change: Partial<StepValues>) =>
    onChange(steps.map((step, i) => (i === index ? { ...step, ...change } : step)))
  const insertAt = (index: number) =>
    onChange(
      steps.toSpliced(index, 0, {
        key: crypto.randomUUID(),
        was: null,
        templateId: '',
        days: '3',
        replyInThread: false,
      }),
    )
  const lastReached = steps.findLastIndex(({ was }) => was !== null && was <= reached)
  const known = present.map(({ templateId: id, templateName: name, subject }) => ({ id, name, subject }))
  const choices = new Map([...known, ...(templates.rows ?? [])].map((one) => [one.id, one]))
  const options = [...choices.values()].map(({ id, name, subject }) => ({
    value: id,
    label: name,
    hint: subjectWords(subject),
  }))
  return (
    <Card aria-labelledby="change-sequence">
      <CardHeader id="change-sequence" title="Sequence" />
      <CardBody className="grid gap-4">
        {Boolean(templates.error) && <ErrorState title={messageOf(templates.error)} />}
        <ol aria-label="Steps" className="grid gap-4">
          {steps.map((step, i) => (
            <li key={step.key} className="grid gap-2 border-t pt-3 first:border-t-0 first:pt-0">
              <StepFields
                step={step}
                number={i + 1}
                error={errors[step.key]}
                templates={{ ...templates, options }}
                onChange={(change) => put(i, change)}
                onTakeOut={i > 0 && i > lastReached ? () => onChange(steps.toSpliced(i, 1)) : null}
              />
              {i >= Math.max(0, lastReached) && steps.length < STEP_LIMIT && (
                <div>
                  <Button
                    icon={Plus}
                    size="sm"
                    variant="ghost"
                    aria-label={`Add a step after step ${i + 1}`}
                    onClick={() => insertAt(i + 1)}
                  >
                    Add a step
                  </Button>
                </div>
              )}
            </li>
          ))}
        </ol>
        <WhatHolds reached={reached} workflow={workflow} />
      </CardBody>
    </Card>
  )
}

/** Whom changed steps reach, and what they belong to from then on. */
function WhatHolds({ reached, workflow }: { reached: number; workflow: string | null }) {
  return (
    <>
      {reached > 0 && (
        <p className="text-caption text-ink-3">
          Leads have got emails up to step {reached}. Changes to those steps reach only the leads that have not got them
          yet. Steps can be added and taken out after step {reached}.
        </p>
      )}
      {workflow && (
        <p className="text-caption text-ink-3">
          A changed sequence belongs to this campaign alone: later edits of the workflow “{workflow}” do not reach it.
        </p>
      )}
    </>
  )
}

function StepFields({
  step,
  number,
  error,
  templates,
  onChange,
  onTakeOut,
}: {
  step: StepValues
  number: number
  error: string | undefined
  templates: { options: readonly SelectOption[]; rows: unknown; type: (text: string) => void }
  onChange: (change: Partial<StepValues>) => void
  /** Null where leads have got it. */
  onTakeOut: (() => void) | null
}) {
  return (
    <div className="flex flex-wrap items-end gap-x-3 gap-y-2">
      <Field label={`Step ${number}`} error={error} className="min-w-0 flex-1 basis-56">
        <Combobox
          value={step.templateId || null}
          onValueChange={(templateId) => onChange({ templateId })}
          placeholder="Choose a template"
          onTyped={templates.type}
          empty={!templates.rows ? 'Loading' : 'No template of this name. Write one under Templates.'}
          options={templates.options}
        />
      </Field>
      {number > 1 && (
        <InputWithUnit
          before="Wait"
          after={<span className="min-w-8">{inNumber(Number(step.days), 'day', 'days')}</span>}
          type="number"
          inputMode="numeric"
          aria-label={`Days before step ${number}`}
          className="w-[68px]"
          value={step.days}
          onChange={(event) => onChange({ days: event.target.value })}
        />
      )}
      {onTakeOut && (
        <Button icon={Trash2} variant="ghost" aria-label={`Take out step ${number}`} onClick={onTakeOut}>
          Take out
        </Button>
      )}
    </div>
  )
}
