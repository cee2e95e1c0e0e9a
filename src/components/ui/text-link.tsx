import Link from 'next/link'
import type { ComponentProps } from 'react'
import { cn } from './class-names'

/** A link in running text or at the end of a row. `quiet` for "View as table" in a card's corner. */
export function TextLink({ quiet, className, ...props }: ComponentProps<typeof Link> & { quiet?: boolean }) {
  return (
    <Link
      {...props}
      className={cn(
        'rounded-small font-medium underline-offset-4 hover:underline',
        quiet ? 'text-caption text-ink-3 hover:text-ink' : 'text-accent',
        className,
      )}
    />
  )
}
