import type { ReactNode } from 'react'
import { cn } from './class-names'

/** Cards below each other, 16 px apart; none grows wider than the column. */
export function Stack({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={cn('grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-4', className)}>{children}</div>
}

/** Main column and aside; below 1024 px the aside follows the main column. Both are stacks of cards. */
export function Split({
  children,
  aside,
  asideLabel,
  wide,
  className,
}: {
  children: ReactNode
  aside: ReactNode
  /** Names the aside for assistive technology. */
  asideLabel?: string
  /** An aside of 400 px instead of 316 px. */
  wide?: boolean
  className?: string
}) {
  return (
    <div
      className={cn(
        'grid grid-cols-[minmax(0,1fr)] items-start gap-4',
        wide ? 'lg:grid-cols-[minmax(0,1fr)_400px]' : 'lg:grid-cols-[minmax(0,1fr)_316px]',
        className,
      )}
    >
      <Stack>{children}</Stack>
      <aside aria-label={asideLabel}>
        <Stack>{aside}</Stack>
      </aside>
    </div>
  )
}
