'use client'

import Link from 'next/link'
import { cn } from './class-names'
import { formatCount } from './numbers'

export type Tab = { label: string; href: string; count?: number | undefined }

/** Moves the row of tabs, and only it: `scrollIntoView` would move the page too. */
function bringIntoView(tab: HTMLLIElement | null) {
  const row = tab?.closest('nav')
  if (!tab || !row || row.scrollWidth <= row.clientWidth) return
  const left = tab.offsetLeft - row.offsetLeft
  if (left < row.scrollLeft || left + tab.offsetWidth > row.scrollLeft + row.clientWidth) row.scrollLeft = left - 16
}

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
    // On a narrow screen the row fades at the edge: there is more to scroll to.
    <nav
      aria-label={label}
      className={cn(
        '-mx-4 relative mb-5 overflow-x-auto px-4 max-sm:[mask-image:linear-gradient(to_right,black_calc(100%-28px),transparent)] sm:mx-0 sm:px-0',
        className,
      )}
    >
      <ul className="flex min-w-max gap-5 border-b">
        {tabs.map((tab) => {
          const open = tab.href === current
          return (
            <li key={tab.href} ref={open ? bringIntoView : null} className="-mb-px">
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
                {tab.count !== undefined && (
                  <span className="font-normal text-ink-3 tabular-nums">{formatCount(tab.count)}</span>
                )}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
