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

/** Gives the title of the page the focus, where the control that had it is gone. */
export function keepFocus() {
  if (document.activeElement === document.body) document.querySelector('h1')?.focus({ preventScroll: true })
}

/** The page whose title was there last; null until the first one. */
let shown: string | null = null

/**
 * The name of a page, as its first heading. Where the control that led here went with the page before, it takes the focus: the next key
 * is pressed here, and whoever listens hears where they are.
 */
export function PageTitle({ children }: { children: string }) {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const path = location.pathname
    const isLeft = shown !== null && shown !== path && document.activeElement === document.body
    shown = path
    if (awaited !== path && !isLeft) return
    awaited = null
    title.current?.focus({ preventScroll: isLeft })
  }, [])
  return (
    <h1 ref={title} tabIndex={-1} className="min-w-0 rounded-small font-semibold text-heading [overflow-wrap:anywhere]">
      {children}
    </h1>
  )
}
