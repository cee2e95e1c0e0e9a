import Link from 'next/link'
import { cn } from '../class-names'
import { formatCount } from '../numbers'

/** `more`: it was counted up to there. */
export type FilterChip = { label: string; href: string; count?: number | undefined; more?: boolean }

/**
 * A row of filters, one of which holds; each is a link, so that the address carries it. Where there are many, they come behind the tools
 * of the list, on a `wide` row of their own.
 */
export function FilterChips({
  label,
  chips,
  current,
  wide,
}: {
  /** Names the row: "Filter by status". */
  label: string
  chips: readonly FilterChip[]
  current: string
  wide?: boolean
}) {
  return (
    <nav aria-label={label} className={cn('min-w-0', wide && 'w-full')}>
      <ul className="flex flex-wrap gap-2">
        {chips.map((chip) => {
          const on = chip.href === current
          return (
            // On a narrow screen, rows of nothing would push the list out of sight.
            <li key={chip.href} className={chip.count === 0 && !on ? 'hidden sm:block' : undefined}>
              <Link
                href={chip.href}
                scroll={false}
                replace
                prefetch={false}
                aria-current={on ? 'true' : undefined}
                className={cn(
                  'inline-flex h-[26px] items-center rounded-full border px-2.5 text-caption pointer-coarse:h-9 pointer-coarse:px-3',
                  on ? 'border-ink bg-ink text-page' : 'bg-surface text-ink-2 hover:border-line-strong hover:text-ink',
                )}
              >
                {chip.label}
                {chip.count !== undefined && ` ${formatCount(chip.count)}${chip.more ? '+' : ''}`}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
