'use client'

import { useEffect, useRef } from 'react'
import type { CampaignType } from '@/domain/campaign/state'
import type { DraftStep } from '@/routes'
import { STEPS_OF, stepLabel } from './draft/draft-steps'

/** "Step 2 of 4: Sequence". Takes the focus when the step was gone to, so that the next Enter acts on nothing. */
export function StepHeading({ type, step, moved }: { type: CampaignType; step: DraftStep; moved: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const wanted = useRef(moved)
  useEffect(() => {
    if (wanted.current) heading.current?.focus()
  }, [])
  const steps = STEPS_OF[type]
  return (
    <h2 ref={heading} tabIndex={-1} className="mb-3 w-fit rounded-small text-control text-ink-3">
      Step {steps.indexOf(step) + 1} of {steps.length}:{' '}
      <span className="font-semibold text-ink">{stepLabel(type, step)}</span>
    </h2>
  )
}
