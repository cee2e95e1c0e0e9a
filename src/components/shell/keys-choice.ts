'use client'

import { useSyncExternalStore } from 'react'

const KEPT_AS = 'single-keys'
const listeners = new Set<() => void>()

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

/** Whether single keys act; kept in this browser. A browser that keeps nothing has them on. */
export function areKeysOn(): boolean {
  try {
    return localStorage.getItem(KEPT_AS) !== 'off'
  } catch {
    return true
  }
}

export function setKeysOn(on: boolean) {
  try {
    if (on) localStorage.removeItem(KEPT_AS)
    else localStorage.setItem(KEPT_AS, 'off')
  } catch {
    // Nothing to keep it in: it stays as it was, and the switch shows so.
  }
  for (const listener of listeners) listener()
}

export const useKeysOn = () => useSyncExternalStore(subscribe, areKeysOn, () => true)
