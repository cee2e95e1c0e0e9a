'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { afterFirstSign } from './first-sign'

// What begins at the lower edge is hardly seen.
const IN_SIGHT = '0px 0px -15% 0px'
// What is seen first has come by then.
const AT_LATEST_MS = 5_000

/**
 * Shows what it holds once its place is in sight, a person does anything on the page, or five seconds are over, whichever comes first;
 * `waiting` keeps that place until then.
 */
export function WhenSeen({ waiting, children }: { waiting: ReactNode; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    const at = place.current
    if (seen || !at) return
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setSeen(true),
      { rootMargin: IN_SIGHT },
    )
    observer.observe(at)
    afterFirstSign(() => setSeen(true))
    const timer = setTimeout(() => setSeen(true), AT_LATEST_MS)
    return () => {
      observer.disconnect()
      clearTimeout(timer)
    }
  }, [seen])
  return seen ? children : <div ref={place}>{waiting}</div>
}
