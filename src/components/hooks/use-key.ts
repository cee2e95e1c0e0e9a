'use client'

import { useEffect } from 'react'

/** Runs `act` on a bare key, never while a text is typed or a dialog is open. */
export function useKey(key: string, act: () => void) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
      const busy = 'input, textarea, select, [contenteditable], [role="dialog"], [role="alertdialog"], [role="menu"]'
      if (event.target instanceof HTMLElement && event.target.closest(busy)) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [key, act])
}
