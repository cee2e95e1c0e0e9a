import { cn } from './class-names'

/** Where something is about to stand. Give it the size of what comes; screens say once, in words, that they load. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn('block animate-pulse rounded-small bg-sunken', className)} />
}

/** Rows of a table or list that are on their way. */
export function SkeletonRows({ rows = 5, label = 'Loading' }: { rows?: number; label?: string }) {
  return (
    <div role="status" className="divide-y">
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows without identity that never move
        <div key={row} className="flex items-center gap-6 px-[18px] py-3">
          <span className="grid flex-1 gap-1.5">
            <Skeleton className="h-3.5 w-2/5" />
            <Skeleton className="h-3 w-1/4" />
          </span>
          <Skeleton className="h-5 w-20 rounded-full" />
          <Skeleton className="hidden h-3.5 w-28 sm:block" />
        </div>
      ))}
    </div>
  )
}
