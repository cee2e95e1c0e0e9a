'use client'

import { useSyncExternalStore } from 'react'
import { isTheme, THEME_COOKIE, type Theme } from './theme'

export type ThemeChoice = Theme | 'system'

const listeners = new Set<() => void>()
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
const read = (): ThemeChoice => {
  const theme = document.documentElement.dataset.theme
  return isTheme(theme) ? theme : 'system'
}

export function setTheme(choice: ThemeChoice) {
  const root = document.documentElement
  if (choice === 'system') delete root.dataset.theme
  else root.dataset.theme = choice
  const age = choice === 'system' ? 0 : 365 * 86_400
  // biome-ignore lint/suspicious/noDocumentCookie: the server reads it to paint the first page
  document.cookie = `${THEME_COOKIE}=${choice}; path=/; max-age=${age}; samesite=lax`
  for (const listener of listeners) listener()
}

export const useTheme = () => useSyncExternalStore<ThemeChoice>(subscribe, read, () => 'system')
