import { ArrowLeft, ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { ButtonLink } from '@/components/ui/button'
import type { CampaignType } from '@/domain/campaign/state'
import type { DraftStep } from '@/routes'
import { STEPS_OF, stepLabel } from './draft/draft-steps'

/** The ways back and on; on the last step the act, which stands in the head of the page too. */
export function StepFooter({
  type,
  step,
  hrefOf,
  act,
}: {
  type: CampaignType
  step: DraftStep
  hrefOf: (step: DraftStep) => string
  act: ReactNode
}) {
  const steps = STEPS_OF[type]
  const index = steps.indexOf(step)
  const before = steps[index - 1]
  const after = steps[index + 1]
  return (
    <div className="mt-5 flex max-w-[720px] flex-wrap gap-2">
      {before && (
        <ButtonLink href={hrefOf(before)} icon={ArrowLeft}>
          {stepLabel(type, before)}
        </ButtonLink>
      )}
      {after && (
        <ButtonLink href={hrefOf(after)} icon={ArrowRight} variant="primary">
          Continue to {stepLabel(type, after)}
        </ButtonLink>
      )}
      {act}
    </div>
  )
}
