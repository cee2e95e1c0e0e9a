import Link from 'next/link'
import { cn } from '../class-names'
import { formatCount } from '../numbers'

export type LedgerTone = 'sent' | 'pending' | 'held' | 'failed' | 'skipped' | 'cancelled' | 'accent'

/** One part of a whole. The parts of a ledger always add up to its total. */
export type LedgerSegment = {
  /** The word behind the figure: "sent". */
  label: string
  count: number
  tone: LedgerTone
  /** Opens what is counted here. */
  href?: string | undefined
}

const fills: Record<LedgerTone, string> = {
  sent: 'bg-sent',
  pending: 'bg-pending',
  held: 'hatch-held',
  failed: 'bg-failed',
  skipped: 'bg-skipped',
  cancelled: 'hatch-cancelled',
  accent: 'bg-accent',
}

/** The stacked bar. Whatever counts at least one is seen. Parts that change glide. */
export function LedgerBar({
  segments,
  total,
  size = 'large',
  className,
}: {
  segments: readonly LedgerSegment[]
  /** The word for the whole, for assistive technology: { label: 'planned', count: 1236 }. */
  total: { label: string; count: number }
  size?: 'large' | 'small'
  className?: string
}) {
  const shown = segments.filter((segment) => segment.count > 0)
  const words = shown.map((segment) => `${formatCount(segment.count)} ${segment.label}`).join(', ')
  return (
    <div
      role="img"
      aria-label={`${words || 'none'} of ${formatCount(total.count)} ${total.label}`}
      className={cn(
        'flex overflow-hidden bg-sunken',
        size === 'large' ? 'h-3 gap-0.5 rounded-small' : 'h-1.5 gap-px rounded-[3px]',
        className,
      )}
    >
      {segments.map((segment) => (
        <span
          key={segment.label}
          className={cn(
            'ledger-segment block h-full basis-0 transition-[flex-grow]',
            fills[segment.tone],
            segment.count > 0 ? (size === 'large' ? 'min-w-[3px]' : 'min-w-[2px]') : 'hidden',
          )}
          style={{ flexGrow: segment.count }}
        />
      ))}
    </div>
  )
}

/** The sum written out: 486 sent + 731 pending + ... = 1,236 planned. Parts of nothing are left out unless `all`. */
export function LedgerSum({
  segments,
  total,
  all = false,
  className,
}: {
  segments: readonly LedgerSegment[]
  total: { label: string; count: number }
  all?: boolean
  className?: string
}) {
  const shown = all ? segments : segments.filter((segment, index) => segment.count > 0 || index === 0)
  return (
    <p className={cn('flex flex-wrap items-center gap-x-[11px] gap-y-1.5 text-control text-ink-2', className)}>
      {shown.map((segment, index) => (
        <span key={segment.label} className="inline-flex items-center gap-x-[11px] whitespace-nowrap">
          {index > 0 && <span className="text-ink-3">+</span>}
          <LedgerTerm segment={segment} />
        </span>
      ))}
      <span className="inline-flex items-center gap-x-[11px] whitespace-nowrap">
        <span className="text-ink-3">=</span>
        <span>
          <b className="font-semibold text-ink tabular-nums">{formatCount(total.count)}</b> {total.label}
        </span>
      </span>
    </p>
  )
}

function LedgerTerm({ segment }: { segment: LedgerSegment }) {
  const words = (
    <>
      <span aria-hidden className={cn('ledger-segment size-[9px] shrink-0 rounded-[3px]', fills[segment.tone])} />
      <span>
        <b className="font-semibold text-ink tabular-nums">{formatCount(segment.count)}</b> {segment.label}
      </span>
    </>
  )
  const className = 'inline-flex min-h-6 items-center gap-[7px]'
  return segment.href ? (
    <Link href={segment.href} className={cn(className, 'rounded-small underline-offset-4 hover:underline')}>
      {words}
    </Link>
  ) : (
    <span className={className}>{words}</span>
  )
}

/** Small bar with its caption below, for a row of a list: "486 of 1,236". */
export function LedgerCell({
  segments,
  total,
  done,
}: {
  segments: readonly LedgerSegment[]
  total: { label: string; count: number } /** The segments that count as done. */
  done: number
}) {
  return (
    // Nothing planned: an empty bar keeps the column in a table, and would only be in the way on a card.
    <div className={cn('sm:ml-auto sm:block sm:w-[132px]', total.count === 0 && 'hidden')}>
      <LedgerBar segments={segments} total={total} size="small" />
      <p className="mt-[3px] text-caption text-ink-3 sm:text-right">
        {total.count > 0 ? `${formatCount(done)} of ${formatCount(total.count)}` : '–'}
      </p>
    </div>
  )
}

/** The large ledger of a page: figure, share, bar and sum. */
export function Ledger({
  figure,
  caption,
  segments,
  total,
  all = false,
  className,
}: {
  figure: number
  /** Behind the figure: "of 1,236 planned emails sent · 39 %". */
  caption: string
  segments: readonly LedgerSegment[]
  total: { label: string; count: number }
  /** Write out parts of nothing too. */
  all?: boolean
  className?: string
}) {
  return (
    <div className={cn('px-[18px] pt-4 pb-[18px]', className)}>
      <p className="flex flex-wrap items-baseline gap-x-2.5">
        <b className="font-semibold text-figure">{formatCount(figure)}</b>
        <span className="text-control text-ink-2">{caption}</span>
      </p>
      <LedgerBar segments={segments} total={total} className="mt-3.5 mb-3" />
      <LedgerSum segments={segments} total={total} all={all} />
    </div>
  )
}
