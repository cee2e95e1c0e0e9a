'use client'

import { useSyncExternalStore } from 'react'

const KEY = 'lead-columns'
const listeners = new Set<() => void>()

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** The columns that were chosen last in this browser, as the address has them; null: the standard ones. */
export const useKeptColumns = (): string | null =>
  useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(KEY),
    () => null,
  )

/** Keeps them for lists whose address names none; null: the standard ones again. */
export function keepColumns(columns: string | null) {
  if (columns === null) localStorage.removeItem(KEY)
  else localStorage.setItem(KEY, columns)
  for (const listener of listeners) listener()
}
