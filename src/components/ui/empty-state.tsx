import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './class-names'

/** Nothing here yet: one sentence, one button. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  action,
  className,
}: {
  icon?: LucideIcon
  title: string
  /** At most one sentence. */
  children?: ReactNode
  action?: ReactNode
  className?: string
}) {
  return (
    <div className={cn('grid justify-items-center gap-3 px-6 py-12 text-center', className)}>
      {Icon && <Icon aria-hidden className="size-5 text-ink-3" />}
      <div className="grid max-w-[44ch] gap-1">
        <p className="font-semibold text-body">{title}</p>
        {children && <p className="text-control text-ink-2">{children}</p>}
      </div>
      {action}
    </div>
  )
}
