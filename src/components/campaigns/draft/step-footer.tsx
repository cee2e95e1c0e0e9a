import { ArrowLeft, ArrowRight } from 'lucide-react'
import { ButtonLink } from '@/components/ui/button'
import { DRAFT_STEPS, type DraftStep, STEP_LABELS } from './edit-address'

/** The ways back and on; on the last step only back, since its act stands in the head of the page. */
export function StepFooter({ step, hrefOf }: { step: DraftStep; hrefOf: (step: DraftStep) => string }) {
  const index = DRAFT_STEPS.indexOf(step)
  const before = DRAFT_STEPS[index - 1]
  const after = DRAFT_STEPS[index + 1]
  return (
    <div className="mt-5 flex max-w-[720px] flex-wrap gap-2">
      {before && (
        <ButtonLink href={hrefOf(before)} icon={ArrowLeft}>
          {STEP_LABELS[before]}
        </ButtonLink>
      )}
      {after && (
        <ButtonLink href={hrefOf(after)} icon={ArrowRight} variant="primary">
          Continue to {STEP_LABELS[after]}
        </ButtonLink>
      )}
    </div>
  )
}
