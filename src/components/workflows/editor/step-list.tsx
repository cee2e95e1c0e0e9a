'use client'

import { Plus } from 'lucide-react'
import { Fragment, useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { notifyInfo } from '@/components/ui/overlays/toast'
import { STEP_LIMIT } from '@/domain/workflow/steps'
import type { TemplateChoices } from '../api-types'
import { StepCard } from './step-card'
import { WaitRow } from './wait-row'
import {
  changeAt,
  copyOf,
  type DraftStep,
  insertAt,
  moveStep,
  newStep,
  removeAt,
  threadSubject,
  unwrittenPart,
} from './workflow-draft'

/** The emails in their order, each a card, with the days between them. One is written at a time. */
export function StepList({
  steps,
  templates,
  marked,
  stacked,
  begins = true,
  store,
  onChange,
}: {
  steps: readonly DraftStep[]
  templates: TemplateChoices
  /** It was to be saved: what is missing is marked. */
  marked: boolean
  /** Texts are edited in one column. */
  stacked: boolean
  /** What is not written yet is opened to be written. */
  begins?: boolean
  /** Stores the steps, where that goes by itself. */
  store?: () => Promise<unknown>
  onChange: (steps: DraftStep[]) => void
}) {
  const { list, full, move, remove } = useStepMoves(steps, onChange)
  const [opened, setOpened] = useState<string | null>(null)
  const unwritten = steps.find((step, index) => unwrittenPart(step, index) !== null)?.key
  const [begun] = useState(begins ? unwritten : undefined)
  const open = opened ?? begun
  const thread = threadSubject(steps, templates.rows ?? [])
  const add = (index: number, step: DraftStep) => {
    onChange(insertAt(steps, index, step))
    setOpened(step.key)
  }
  return (
    <div>
      <ol ref={list}>
        {steps.map((step, index) => (
          <Fragment key={step.key}>
            {index > 0 && (
              <WaitRow
                days={step.days}
                stepNumber={index + 1}
                full={full}
                onDays={(days) => onChange(changeAt(steps, index, { days }))}
                onInsert={() => add(index, newStep(steps))}
              />
            )}
            <StepCard
              step={step}
              index={index}
              count={steps.length}
              thread={thread}
              templates={templates}
              marked={marked}
              editing={{
                open: step.key === open || (marked && step.key === unwritten),
                focused: step.key === opened,
                onOpen: () => setOpened(step.key),
                stacked,
                store,
              }}
              onChange={(patch) => {
                if (patch.text && step.key !== open) setOpened(step.key)
                onChange(changeAt(steps, index, patch))
              }}
              onMove={(to) => move(index, to)}
              onDuplicate={full ? undefined : () => onChange(insertAt(steps, index + 1, copyOf(step)))}
              onRemove={() => remove(index)}
            />
          </Fragment>
        ))}
      </ol>
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <Button icon={Plus} disabled={full} onClick={() => add(steps.length, newStep(steps))}>
          Add step
        </Button>
        {full && <span className="text-caption text-ink-3">{STEP_LIMIT} steps are the most.</span>}
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
