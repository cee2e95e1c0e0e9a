import { CornerDownRight } from 'lucide-react'
import { formatOf } from '@/components/ui/numbers'
import { TextLink } from '@/components/ui/text-link'
import { routes } from '@/routes'
import type { CampaignDetails } from '../../api-types'
import { subjectLine } from './sequence-text'

/** The emails of a sequence in their order, with the days between them. */
export function SequenceSteps({ steps }: { steps: CampaignDetails['steps'] }) {
  if (steps.length === 0) return <p className="px-[18px] pt-2 pb-4 text-control text-ink-2">It has no steps yet.</p>
  let day = 0
  return (
    <ol aria-label="Steps" className="px-[18px] pt-2 pb-4 text-control">
      {steps.map(({ stepNumber, templateId, templateName, subject, daysAfterPrevious, replyInThread }) => {
        day += daysAfterPrevious
        return (
          <li key={stepNumber}>
            {stepNumber > 1 && (
              <p className="ml-[11px] border-l py-1.5 pl-[22px] text-caption text-ink-3">
                wait {formatOf(daysAfterPrevious, 'day')}
              </p>
            )}
            <div className="flex items-start gap-2.5">
              <span
                aria-hidden
                className="grid size-6 shrink-0 place-items-center rounded-full border border-line-strong text-caption"
              >
                {stepNumber}
              </span>
              <div className="min-w-0 flex-1 pt-0.5 [overflow-wrap:anywhere]">
                <TextLink href={routes.template(templateId)} className="text-ink">
                  {templateName}
                </TextLink>
                <span className="flex items-start gap-1 text-caption text-ink-3">
                  {replyInThread && <CornerDownRight aria-hidden className="mt-px size-3.5 shrink-0" />}
                  {subjectLine({ subject, replyInThread })}
                </span>
              </div>
              <span className="shrink-0 pt-0.5 text-caption text-ink-3">day {day + 1}</span>
            </div>
          </li>
        )
      })}
    </ol>
  )
}
