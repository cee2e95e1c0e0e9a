'use client'

import { useEffect, useEffectEvent } from 'react'

// Where keys are text, or press or move something, they mean nothing else.
const BUSY =
  'input, textarea, select, [contenteditable], [role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"], [role="combobox"]'

/** Runs what stands under a bare key, never while a text is typed or a dialog is open. */
export function useBareKeys(acts: Readonly<Record<string, () => unknown>>) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return
    const act = Object.hasOwn(acts, event.key) ? acts[event.key] : undefined
    const { target } = event
    if (!act || (target instanceof Element && target.closest(BUSY))) return
    // It presses what has the focus.
    if (event.key === 'Enter' && target instanceof Element && target.closest('a, button, summary')) return
    event.preventDefault()
    void act()
  })
  useEffect(() => {
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
}
