import { CircleCheck, CircleX, Clock, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './class-names'

const tones = {
  info: { ground: 'bg-accent-soft', mark: 'text-accent', icon: Clock },
  sent: { ground: 'bg-sent-soft', mark: 'text-sent-ink', icon: CircleCheck },
  held: { ground: 'bg-held-soft', mark: 'text-held-ink', icon: TriangleAlert },
  failed: { ground: 'bg-failed-soft', mark: 'text-failed-ink', icon: CircleX },
}

/** First the fact, then the reason: "Nothing leaves before Mon 09:00 Europe/Berlin. The sending window is closed." */
export function Callout({
  tone = 'info',
  icon,
  title,
  children,
  action,
  className,
}: {
  tone?: keyof typeof tones
  icon?: LucideIcon
  /** The fact. */
  title: ReactNode
  /** The reason, and what follows from it. */
  children?: ReactNode
  /** A link or a small button at the right end. */
  action?: ReactNode
  className?: string
}) {
  const look = tones[tone]
  const Icon = icon ?? look.icon
  return (
    <div
      className={cn(
        'flex flex-wrap items-start gap-x-3 gap-y-2 rounded-card border px-4 py-3 text-control',
        look.ground,
        className,
      )}
    >
      <Icon aria-hidden className={cn('mt-0.5 size-[17px] shrink-0', look.mark)} />
      <p className="min-w-0 flex-1 basis-60 [overflow-wrap:anywhere]">
        <strong className="font-semibold">{title}</strong> {children && <span className="text-ink-2">{children}</span>}
      </p>
      {action && <div className="shrink-0">{action}</div>}
    </div>
  )
}
