import type { ReactNode } from 'react'
import { cn } from '../class-names'
import { formatCount } from '../numbers'

/** A limit and how much of it is used, or a long piece of work: "sales@nexa.example 12 / 60" above a track. */
export function ProgressBar({
  label,
  value,
  max,
  note,
  tone = 'accent',
  className,
}: {
  label: string
  value: number
  /** `null`: no limit; then only the figure is shown. */
  max: number | null
  /** Replaces "value / max". */
  note?: ReactNode
  tone?: 'accent' | 'sent' | 'held' | 'failed'
  className?: string
}) {
  const share = max && max > 0 ? Math.min(1, value / max) : 0
  const fill = { accent: 'bg-accent', sent: 'bg-sent', held: 'bg-held', failed: 'bg-failed' }[tone]
  return (
    <div className={cn('grid gap-[5px] text-control', className)}>
      <div className="flex justify-between gap-3">
        <span className="truncate">{label}</span>
        <span className="shrink-0 text-ink-3 tabular-nums">
          {note ?? (max === null ? formatCount(value) : `${formatCount(value)} / ${formatCount(max)}`)}
        </span>
      </div>
      {max !== null && (
        <div
          role="progressbar"
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={max}
          aria-valuenow={Math.min(value, max)}
          className="h-1.5 overflow-hidden rounded-full bg-sunken"
        >
          <div className={cn('h-full rounded-full transition-[width]', fill)} style={{ width: `${share * 100}%` }} />
        </div>
      )}
    </div>
  )
}
