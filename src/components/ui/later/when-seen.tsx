'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'

/** Shows what it holds once its place comes near what is seen of the page; `waiting` keeps that place until then. */
export function WhenSeen({ waiting, children }: { waiting: ReactNode; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    const at = place.current
    if (seen || !at) return
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setSeen(true),
      { rootMargin: '100px' },
    )
    observer.observe(at)
    return () => observer.disconnect()
  }, [seen])
  return seen ? children : <div ref={place}>{waiting}</div>
}
