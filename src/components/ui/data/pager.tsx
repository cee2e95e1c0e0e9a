import { ChevronLeft, ChevronRight } from 'lucide-react'
import { ButtonLink } from '../button'
import { cn } from '../class-names'
import { formatCount } from '../numbers'

/** "1–50 of 1,236", with the ways back and on. Pages count from 1. */
export function Pager({
  page,
  pageSize,
  total,
  href,
  className,
}: {
  page: number
  pageSize: number
  total: number
  /** The address of a page. */
  href: (page: number) => string
  className?: string
}) {
  const last = Math.max(1, Math.ceil(total / pageSize))
  if (last === 1) return null
  const from = (page - 1) * pageSize + 1
  return (
    <nav
      aria-label="Pages"
      className={cn(
        'flex items-center justify-between gap-3 border-t px-[18px] py-2.5 text-caption text-ink-3',
        className,
      )}
    >
      <span className="tabular-nums">
        {formatCount(from)}–{formatCount(Math.min(total, page * pageSize))} of {formatCount(total)}
      </span>
      <span className="flex gap-2">
        <ButtonLink
          size="sm"
          prefetch={false}
          icon={ChevronLeft}
          href={href(Math.max(1, page - 1))}
          aria-disabled={page <= 1}
          tabIndex={page <= 1 ? -1 : 0}
        >
          Previous
        </ButtonLink>
        <ButtonLink
          size="sm"
          prefetch={false}
          icon={ChevronRight}
          href={href(Math.min(last, page + 1))}
          aria-disabled={page >= last}
          tabIndex={page >= last ? -1 : 0}
        >
          Next
        </ButtonLink>
      </span>
    </nav>
  )
}
