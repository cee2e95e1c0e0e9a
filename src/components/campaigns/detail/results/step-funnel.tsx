import { formatCount } from '@/components/ui/numbers'
import type { Results } from '../../api-types'
import { REPLIED_COLOUR, SENT_COLOUR } from './result-colours'
import { shareWords } from './result-figures'

function repliedOf(replied: number, sent: number, zeroKnown: boolean): string {
  if (zeroKnown) return ` · ${formatCount(replied)} replied ${shareWords(replied, sent)}`
  return replied > 0 ? ` · ${formatCount(replied)} replied` : ' · replies not read'
}

/** How far the sequence reaches: the emails of each step, and how many of their leads answered. */
export function StepFunnel({ steps, zeroKnown }: { steps: Results['steps']; zeroKnown: boolean }) {
  const top = Math.max(1, ...steps.map(({ sent }) => sent))
  return (
    <ul aria-label="Steps" className="grid gap-4 px-[18px] pt-2 pb-4 text-control">
      {steps.map(({ stepNumber, name, sent, replied, bounced }) => (
        <li key={stepNumber} className="grid gap-1">
          <p className="flex flex-wrap justify-between gap-x-3">
            <span className="min-w-0 truncate">
              {stepNumber} {name}
            </span>
            <span className="text-ink-3">
              {formatCount(sent)} sent
              {repliedOf(replied, sent, zeroKnown)}
              {bounced > 0 && ` · ${formatCount(bounced)} bounced`}
            </span>
          </p>
          <span aria-hidden className="block h-3 rounded-full bg-sunken">
            <span
              className="relative block h-3 overflow-hidden rounded-full"
              style={{ background: SENT_COLOUR, width: `${(100 * sent) / top}%`, minWidth: sent > 0 ? 6 : 0 }}
            >
              {sent > 0 && (
                <span
                  className="block h-3"
                  style={{ background: REPLIED_COLOUR, width: `${Math.min(100, (100 * replied) / sent)}%` }}
                />
              )}
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}
