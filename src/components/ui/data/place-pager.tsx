import { ChevronLeft, ChevronRight } from 'lucide-react'
import { ButtonLink } from '../button'
import { formatCount, inNumber } from '../numbers'

/** A list that may be long: how many rows match ("1,236 leads", "1,000+ leads"), with the ways back and on. */
export function PlacePager({
  page: { previous, next, total, more },
  noun,
  many = `${noun}s`,
  href,
}: {
  page: { previous: string | null; next: string | null; total: number; more: boolean }
  /** "lead" */
  noun: string
  many?: string
  /** The address of the rows after or before a place. */
  href: (place: { after?: string; before?: string }) => string
}) {
  if (!previous && !next) return null
  return (
    <nav
      aria-label="Pages"
      className="flex items-center justify-between gap-3 border-t px-[18px] py-2.5 text-caption text-ink-3"
    >
      <span className="tabular-nums">
        {formatCount(total)}
        {more && '+'} {inNumber(total, noun, many)}
      </span>
      <PlaceLinks page={{ previous, next }} href={href} />
    </nav>
  )
}

/** The ways back and on alone, where the rows are not counted; `words` for them, in this order. */
export function PlaceLinks({
  page: { previous, next },
  href,
  words = ['Previous', 'Next'],
}: {
  page: { previous: string | null; next: string | null }
  /** The address of the rows after or before a place. */
  href: (place: { after?: string; before?: string }) => string
  words?: readonly [string, string]
}) {
  return (
    <span className="flex gap-2">
      <ButtonLink
        size="sm"
        prefetch={false}
        icon={ChevronLeft}
        href={href(previous ? { before: previous } : {})}
        aria-disabled={!previous}
        tabIndex={previous ? 0 : -1}
      >
        {words[0]}
      </ButtonLink>
      <ButtonLink
        size="sm"
        prefetch={false}
        icon={ChevronRight}
        href={href(next ? { after: next } : {})}
        aria-disabled={!next}
        tabIndex={next ? 0 : -1}
      >
        {words[1]}
      </ButtonLink>
    </span>
  )
}
