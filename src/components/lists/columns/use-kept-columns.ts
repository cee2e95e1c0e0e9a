'use client'

import { useSyncExternalStore } from 'react'

const keyOf = (list: string) => `${list}-columns`
const listeners = new Set<() => void>()

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** The columns of a list that were chosen last in this browser, as the address has them; null: the standard ones. */
export const useKeptColumns = (list: string): string | null =>
  useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(keyOf(list)),
    () => null,
  )

/** Keeps them for the list where its address names none; null: the standard ones again. */
export function keepColumns(list: string, columns: string | null) {
  if (columns === null) localStorage.removeItem(keyOf(list))
  else localStorage.setItem(keyOf(list), columns)
  for (const listener of listeners) listener()
}
