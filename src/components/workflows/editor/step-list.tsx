'use client'

import { FileText, Plus } from 'lucide-react'
import { Fragment, useEffect, useRef } from 'react'
import { Button, ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { notifyInfo } from '@/components/ui/overlays/toast'
import { STEP_LIMIT } from '@/domain/workflow/steps'
import { routes } from '@/routes'
import type { TemplateChoices } from '../api-types'
import { StepCard } from './step-card'
import { WaitRow } from './wait-row'
import { changeAt, type DraftStep, insertAt, moveStep, newStep, removeAt } from './workflow-draft'

/** The emails in their order, each a card, with the days between them. */
export function StepList({
  steps,
  templates,
  marked,
  onChange,
}: {
  steps: readonly DraftStep[]
  templates: TemplateChoices
  /** It was to be saved: what is missing is marked. */
  marked: boolean
  onChange: (steps: DraftStep[]) => void
}) {
  const { list, full, move, remove } = useStepMoves(steps, onChange)
  return (
    <div>
      {templates.rows && templates.total === 0 && (
        <Callout
          icon={FileText}
          className="mb-4"
          title="There is no template yet."
          action={<ButtonLink href={routes.newTemplate}>New template</ButtonLink>}
        >
          Each email of a workflow takes its text from one.
        </Callout>
      )}
      <ol ref={list}>
        {steps.map((step, index) => (
          <Fragment key={step.key}>
            {index > 0 && (
              <WaitRow
                days={step.days}
                stepNumber={index + 1}
                full={full}
                onDays={(days) => onChange(changeAt(steps, index, { days }))}
                onInsert={() => onChange(insertAt(steps, index, newStep(steps, templates.rows ?? [])))}
              />
            )}
            <StepCard
              step={step}
              index={index}
              count={steps.length}
              templates={templates}
              marked={marked}
              onChange={(patch) => onChange(changeAt(steps, index, patch))}
              onMove={(to) => move(index, to)}
              onDuplicate={
                full
                  ? undefined
                  : () => onChange(insertAt(steps, index + 1, { ...step, key: crypto.randomUUID(), days: 1 }))
              }
              onRemove={() => remove(index)}
            />
          </Fragment>
        ))}
      </ol>
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <Button
          icon={Plus}
          disabled={full}
          onClick={() => onChange(insertAt(steps, steps.length, newStep(steps, templates.rows ?? [])))}
        >
          Add email
        </Button>
        {full && <span className="text-caption text-ink-3">{STEP_LIMIT} emails are the most.</span>}
      </div>
    </div>
  )
}

/** Moving and removing steps, with the focus and the Undo that belong to them. */
function useStepMoves(steps: readonly DraftStep[], onChange: (steps: DraftStep[]) => void) {
  const list = useRef<HTMLOListElement>(null)
  /** After a move the focus stays on the button, which moved with its card. */
  const refocus = (key: string, label: string) =>
    requestAnimationFrame(() => {
      const card = list.current?.querySelector(`[data-step="${key}"]`)
      const button = card?.querySelector<HTMLButtonElement>(`[data-move="${label}"]:enabled`)
      ;(button ?? card?.querySelector<HTMLButtonElement>('[data-move]:enabled'))?.focus()
    })
  const move = (index: number, to: number) => {
    const key = steps[index]?.key ?? ''
    onChange(moveStep(steps, index, to))
    refocus(key, to < index ? 'up' : 'down')
  }
  // A toast outlives the render it was made in; by the time of its Undo the row may be another.
  const latest = useRef({ steps, onChange })
  useEffect(() => {
    latest.current = { steps, onChange }
  })
  const remove = (index: number) => {
    const removed = steps[index]
    if (!removed) return
    onChange(removeAt(steps, index))
    notifyInfo(`Step ${index + 1} removed.`, {
      description: 'Not saved yet.',
      undo: () => latest.current.onChange(insertAt(latest.current.steps, index, removed)),
    })
  }
  return { list, full: steps.length >= STEP_LIMIT, move, remove }
}
