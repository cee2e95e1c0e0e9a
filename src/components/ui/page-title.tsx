'use client'

import { useEffect, useRef } from 'react'

/** The address whose title takes the focus when it appears. */
let awaited: string | null = null

/**
 * Lets the title of the page at `path` take the focus once it is there: for acts that lead to another page and take
 * their button with them, so that the next key does not act on nothing.
 */
export function focusTitleOf(path: string) {
  awaited = path
}

/** The name of a page, as its first heading. */
export function PageTitle({ children }: { children: string }) {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (awaited !== location.pathname) return
    awaited = null
    title.current?.focus()
  }, [])
  return (
    <h1 ref={title} tabIndex={-1} className="min-w-0 rounded-small font-semibold text-heading [overflow-wrap:anywhere]">
      {children}
    </h1>
  )
}
