import { TriangleAlert } from 'lucide-react'
import { SampleBadge } from '@/components/lead-sources/sample-badge'
import { TextLink } from '@/components/ui/text-link'
import { routes } from '@/routes'
import type { LeadSourceState } from '../api-types'
import { sourceTrouble } from './source-text'

/** The obstacle to using a source, with the way to Settings; and whether its answers are samples. */
export function SourceProblem({
  state,
  all,
  chosen,
}: {
  state: LeadSourceState
  all: readonly LeadSourceState[]
  chosen: boolean
}) {
  const trouble = sourceTrouble(state, all, chosen)
  if (!trouble && !state.sample) return null
  return (
    <span className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
      {state.sample && <SampleBadge />}
      {trouble && (
        <span className="inline-flex items-start gap-1 text-ink-2">
          <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0 text-held-ink" />
          <span>
            {trouble} <TextLink href={routes.leadSources}>Settings</TextLink>
          </span>
        </span>
      )}
    </span>
  )
}
