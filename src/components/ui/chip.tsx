import { cva } from 'class-variance-authority'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './class-names'

export type ChipTone = 'neutral' | 'sent' | 'held' | 'failed' | 'accent'

const chip = cva(
  'inline-flex max-w-full items-center gap-1.5 rounded-full py-px font-medium text-caption leading-5 [&_svg]:size-[13px] [&_svg]:shrink-0',
  {
    variants: {
      tone: {
        neutral: 'bg-sunken text-ink-2 [&_svg]:text-ink-2',
        sent: 'bg-sent-soft text-ink [&_svg]:text-sent-ink',
        held: 'bg-held-soft text-ink [&_svg]:text-held-ink',
        failed: 'bg-failed-soft text-ink [&_svg]:text-failed-ink',
        accent: 'bg-accent-soft text-ink [&_svg]:text-accent',
      },
    },
  },
)

/** A status: icon and word, and where there is one the reason: "Paused: bounce rate 6 %". Without an icon it is a badge. */
export function Chip({
  tone = 'neutral',
  icon: Icon,
  children,
  className,
}: {
  tone?: ChipTone
  icon?: LucideIcon
  children: ReactNode
  className?: string
}) {
  return (
    <span className={cn(chip({ tone }), Icon ? 'pr-[9px] pl-[7px]' : 'px-2', className)}>
      {Icon && <Icon aria-hidden />}
      <span className="truncate">{children}</span>
    </span>
  )
}
