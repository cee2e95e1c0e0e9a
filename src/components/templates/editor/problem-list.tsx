'use client'

import { Card, CardHeader } from '@/components/ui/card'
import { PreflightList } from '@/components/ui/data/preflight-list'
import { formatOf } from '@/components/ui/numbers'
import { PART_LABEL } from '@/domain/message/syntax'
import type { TemplateProblem } from '../api-types'

/** Everything there is to say about the template, the worst first. Nothing at all when all is well. */
export function ProblemList({ problems }: { problems: readonly TemplateProblem[] | undefined }) {
  // An empty part is seen without being said, and said when it is to be saved.
  const shown = (problems ?? []).filter(({ message }) => !message.endsWith(' is empty.'))
  return (
    <div aria-live="polite" className={shown.length === 0 ? 'sr-only' : ''}>
      {shown.length > 0 && (
        <Card aria-labelledby="problems">
          <CardHeader id="problems" title={formatOf(shown.length, 'thing to look at', 'things to look at')} />
          <PreflightList
            items={shown.map(({ level, part, message }) => ({
              key: `${part}${message}`,
              state: level === 'error' ? ('blocker' as const) : ('warning' as const),
              title: message,
              ...(part && level === 'warning'
                ? { detail: `In ${PART_LABEL[part].toLowerCase().replace('html', 'HTML')}` }
                : {}),
            }))}
          />
        </Card>
      )}
    </div>
  )
}
