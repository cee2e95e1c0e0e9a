import { CircleX } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './class-names'

/** Something went wrong: what happened, what it did not touch, what to do. */
export function ErrorState({
  title,
  untouched,
  todo,
  action,
  className,
}: {
  /** The fact, in plain words. */
  title: ReactNode
  /** The part that it did not touch: "No email was sent." */
  untouched?: ReactNode
  /** The way on. */
  todo?: ReactNode
  action?: ReactNode
  className?: string
}) {
  return (
    <div role="alert" className={cn('flex gap-3 rounded-card border bg-failed-soft px-4 py-3 text-control', className)}>
      <CircleX aria-hidden className="mt-0.5 size-4 shrink-0 text-failed-ink" />
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <p className="font-semibold">{title}</p>
        {untouched && <p className="text-ink-2">{untouched}</p>}
        {todo && <p className="text-ink-2">{todo}</p>}
        {action && <div className="mt-2.5 flex flex-wrap gap-2">{action}</div>}
      </div>
    </div>
  )
}
