'use client'

import { useId } from 'react'
import { Button } from '@/components/ui/button'
import { Card, CardHeader } from '@/components/ui/card'
import { PreflightList } from '@/components/ui/data/preflight-list'
import { formatOf } from '@/components/ui/numbers'
import { PART_LABEL } from '@/domain/message/parts'
import type { TemplateProblem } from '../api-types'

/** Everything there is to say about the template, the worst first. Nothing at all when all is well. */
export function ProblemList({
  problems,
  confirmed,
  onConfirm,
}: {
  problems: readonly TemplateProblem[] | undefined
  /** Text of other programs that is meant as it stands. */
  confirmed: readonly string[]
  onConfirm: (texts: string[]) => void
}) {
  const id = useId()
  // An empty part is seen without being said, and said when it is to be saved.
  const shown = (problems ?? []).filter(({ message }) => !message.endsWith(' is empty.'))
  return (
    <div aria-live="polite" className={shown.length === 0 ? 'sr-only' : ''}>
      {shown.length > 0 && (
        <Card aria-labelledby={id}>
          <CardHeader id={id} title={formatOf(shown.length, 'thing to look at', 'things to look at')} />
          <PreflightList
            items={shown.map(({ level, part, message, foreignText }) => ({
              key: `${part}${message}`,
              state: stateOf(level, foreignText !== undefined && confirmed.includes(foreignText)),
              title: message,
              ...(part && level === 'warning'
                ? { detail: `In ${PART_LABEL[part].toLowerCase().replace('html', 'HTML')}` }
                : {}),
              ...(foreignText
                ? { action: <Confirm text={foreignText} confirmed={confirmed} onConfirm={onConfirm} /> }
                : {}),
            }))}
          />
        </Card>
      )}
    </div>
  )
}

const stateOf = (level: TemplateProblem['level'], confirmed: boolean) =>
  level === 'error' ? ('blocker' as const) : confirmed ? ('ok' as const) : ('warning' as const)

/** Says that a text is meant as it stands, or takes that back; it counts once the template is saved. */
function Confirm({
  text,
  confirmed,
  onConfirm,
}: {
  text: string
  confirmed: readonly string[]
  onConfirm: (texts: string[]) => void
}) {
  const others = confirmed.filter((other) => other !== text)
  return confirmed.includes(text) ? (
    <Button
      size="sm"
      variant="ghost"
      aria-label={`Undo sending ${text} as it stands`}
      onClick={() => onConfirm(others)}
    >
      Undo
    </Button>
  ) : (
    <Button size="sm" aria-label={`Send as it stands: ${text}`} onClick={() => onConfirm([...others, text])}>
      Send as it stands
    </Button>
  )
}
