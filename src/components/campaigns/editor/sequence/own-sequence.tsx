'use client'

import { useState } from 'react'
import { useTemplateChoices } from '@/components/lists/use-choices'
import { StepList } from '@/components/workflows/editor/step-list'
import { type DraftStep, draftSteps, newStep, stepsToSave } from '@/components/workflows/editor/workflow-draft'
import type { Draft } from '../draft/use-draft'

/** The emails that are written in the campaign itself; a new one begins with the first, to be written. */
export function OwnSequence({ draft: { values, change, save } }: { draft: Draft }) {
  const [steps, setSteps] = useState<DraftStep[]>(() => {
    const stored = draftSteps(values.ownSteps.map(storedStep))
    return stored.length > 0 ? stored : [newStep([])]
  })
  // Of a stored draft an email is opened when it is asked for.
  const [begins] = useState(values.ownSteps.length === 0)
  const templates = useTemplateChoices(steps.map(({ templateId }) => templateId))
  const edit = (next: DraftStep[]) => {
    setSteps(next)
    change({ useWorkflow: true, workflowId: null, ownSteps: stepsToSave(next.map(sent)) })
  }
  return (
    <StepList
      steps={steps}
      templates={templates}
      marked={false}
      stacked={false}
      begins={begins}
      store={save}
      onChange={edit}
    />
  )
}

/** Looking for a template changes nothing before one is chosen. */
const sent = (step: DraftStep): DraftStep => (step.templateId ? step : { ...step, own: true })

const storedStep = (step: Draft['values']['ownSteps'][number]) => ({
  templateId: step.templateId ?? '',
  text: step.text
    ? { ...step.text, bodyHtml: step.text.bodyHtml ?? null, confirmedTexts: step.text.confirmedTexts ?? [] }
    : null,
  daysAfterPrevious: step.daysAfterPrevious ?? 0,
  replyInThread: step.replyInThread ?? false,
})
