import { CircleCheck, CircleDashed, CircleX, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '../class-names'

export type PreflightItem = {
  key: string
  /** `blocker` stands in the way, `warning` does not, `checking` is not known yet. */
  state: 'ok' | 'warning' | 'blocker' | 'checking'
  title: ReactNode
  detail?: ReactNode
  /** A link or a button: Fix, Show, Preview, Again. */
  action?: ReactNode
}

const marks = {
  ok: { icon: CircleCheck, tone: 'text-sent-ink', word: 'Ready' },
  warning: { icon: TriangleAlert, tone: 'text-held-ink', word: 'Look at this' },
  blocker: { icon: CircleX, tone: 'text-failed-ink', word: 'Must be fixed' },
  checking: { icon: CircleDashed, tone: 'text-ink-3', word: 'Checking' },
}

/** The checks before a start, each line with its remedy. */
export function PreflightList({ items, className }: { items: readonly PreflightItem[]; className?: string }) {
  return (
    <ul className={cn('divide-y px-[18px] pt-1.5 pb-3.5 text-control', className)}>
      {items.map((item) => {
        const mark = marks[item.state]
        return (
          <li key={item.key} className="grid grid-cols-[20px_1fr_auto] items-start gap-2.5 py-[9px]">
            <mark.icon aria-hidden className={cn('mt-0.5 size-4', mark.tone)} />
            <div className="min-w-0 [overflow-wrap:anywhere]">
              <span className="sr-only">{mark.word}: </span>
              {item.title}
              {item.detail && <span className="block text-caption text-ink-3">{item.detail}</span>}
            </div>
            {item.action}
          </li>
        )
      })}
    </ul>
  )
}
