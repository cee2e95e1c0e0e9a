'use client'

import { type KeyboardEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { type Later, sayNotLoaded } from './later'

/** What the part that takes over has to know of the control it replaces. */
export type TakesOver = {
  /** It was pressed meanwhile. */
  open: boolean
  /** It had the focus. */
  focused: boolean
}

/**
 * A plain control that stands where a menu or a list of choices will be, looks the same and takes the same press: `part`
 * is there once the code of the real one has come. It takes over between two presses, never within one, since a click
 * whose button is replaced before it ends is lost.
 */
export function useStandIn<Element extends HTMLElement, Part>({ load, use: usePart }: Later<Part>) {
  const loaded = usePart()
  const control = useRef<Element>(null)
  const [held, setHeld] = useState(false)
  const [open, setOpen] = useState(false)
  const press = useCallback(
    (onFailed?: () => void) => {
      setOpen(true)
      load().catch(() => {
        setOpen(false)
        onFailed?.()
        sayNotLoaded()
      })
    },
    [load],
  )
  return {
    part: held ? null : loaded,
    takesOver: { open, focused: isFocused(control) } satisfies TakesOver,
    press,
    control,
    /** For the plain control. */
    handlers: {
      onPointerDown: () => {
        setHeld(true)
        // The click follows at once, before any timer.
        const release = () => setTimeout(() => setHeld(false))
        window.addEventListener('pointerup', release, { once: true, capture: true })
        window.addEventListener('pointercancel', release, { once: true, capture: true })
      },
      onClick: () => press(),
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
        event.preventDefault()
        press()
      },
    },
  }
}

const isFocused = (control: RefObject<HTMLElement | null>) =>
  typeof document !== 'undefined' && control.current !== null && control.current === document.activeElement

/** Gives the focus to the control that took over, where the plain one had it. */
export function useTakenFocus<Element extends HTMLElement>({ focused }: TakesOver): RefObject<Element | null> {
  const control = useRef<Element>(null)
  const takes = useRef(focused)
  useEffect(() => {
    if (takes.current) control.current?.focus({ preventScroll: true })
    takes.current = false
  }, [])
  return control
}
