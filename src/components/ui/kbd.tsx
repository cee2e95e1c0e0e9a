import { cn } from './class-names'

/** A key, shown beside what it does. `inherit` on coloured grounds. */
export function Kbd({ children, inherit }: { children: string; inherit?: boolean }) {
  return (
    <kbd
      className={cn(
        'hidden rounded-[4px] border border-b-2 px-1 font-medium font-sans text-[12px] leading-4 sm:inline-block pointer-coarse:hidden',
        inherit ? 'border-current/40 text-current' : 'border-line-strong bg-surface text-ink-3',
      )}
    >
      {children}
    </kbd>
  )
}
