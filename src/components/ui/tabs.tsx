import Link from 'next/link'
import { cn } from './class-names'
import { formatCount } from './numbers'

export type Tab = { label: string; href: string; count?: number | undefined }

/** Tabs are links: the address says which one is open, and Back works. `current` is the href of the open one. */
export function Tabs({
  label,
  tabs,
  current,
  className,
}: {
  label: string
  tabs: readonly Tab[]
  current: string
  className?: string
}) {
  return (
    <nav aria-label={label} className={cn('-mx-4 mb-5 overflow-x-auto px-4 sm:mx-0 sm:px-0', className)}>
      <ul className="flex min-w-max gap-5 border-b">
        {tabs.map((tab) => {
          const open = tab.href === current
          return (
            <li key={tab.href} className="-mb-px">
              <Link
                href={tab.href}
                scroll={false}
                aria-current={open ? 'page' : undefined}
                className={cn(
                  '-outline-offset-2 flex min-h-[39px] items-center gap-[7px] border-b-2 font-medium text-control pointer-coarse:min-h-11',
                  open ? 'border-accent text-ink' : 'border-transparent text-ink-2 hover:text-ink',
                )}
              >
                {tab.label}
                {tab.count !== undefined && <span className="font-normal text-ink-3">{formatCount(tab.count)}</span>}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
