import { routes } from '@/routes'

/** Two keys, one after the other, lead to each place: `g` and the letter given here. */
export const GO_KEYS: Readonly<Record<string, string>> = {
  c: routes.campaigns(),
  l: routes.leads(),
  t: routes.templates,
  w: routes.workflows,
  i: routes.inbox(),
  b: routes.sandbox(),
  s: routes.settings,
}

const PATIENCE_MS = 1_500

/** The meaning of a bare key: `at` is when a `g` was pressed before it, in milliseconds. */
export type KeyMeaning =
  | { kind: 'nothing' }
  | { kind: 'begin'; at: number }
  | { kind: 'go'; href: string }
  | { kind: 'help' }

export function readKey(key: string, begunAt: number | null, now: number): KeyMeaning {
  if (begunAt !== null && now - begunAt <= PATIENCE_MS) {
    const href = GO_KEYS[key.toLowerCase()]
    if (href) return { kind: 'go', href }
  }
  if (key === 'g') return { kind: 'begin', at: now }
  return key === '?' ? { kind: 'help' } : { kind: 'nothing' }
}

/** Keys that write a character, and so may be said by accident through speech input; Space presses buttons. */
export const isCharacterKey = (key: string) => [...key].length === 1 && key !== ' '

/** Ctrl or Cmd with K, wherever the focus is. */
export const isPaletteKey = ({
  key,
  ctrlKey,
  metaKey,
  altKey,
  shiftKey,
}: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>) =>
  key.toLowerCase() === 'k' && ctrlKey !== metaKey && !altKey && !shiftKey
