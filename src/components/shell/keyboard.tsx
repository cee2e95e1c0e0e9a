'use client'

import { useRouter } from 'next/navigation'
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import { later, sayNotLoaded } from '@/components/ui/later/later'
import { LaterDialog } from '@/components/ui/overlays/later-dialog'
import { isCharacterKey, isPaletteKey, readKey } from './go-keys'
import { areKeysOn } from './keys-choice'

const keys = later(() => import('./keys-dialog'))
const palette = later(() => import('./palette/palette-dialog'))

type Opened = 'keys' | 'palette' | null
type Show = (what: Opened) => void
const ShowContext = createContext<Show>(() => undefined)

/** Opens the list of keys. */
export function useOpenKeys() {
  const show = useContext(ShowContext)
  return () => show('keys')
}

/** Opens the palette: one field that leads everywhere. */
export function useOpenPalette() {
  const show = useContext(ShowContext)
  return () => show('palette')
}

/** Where keys are text or move through a list, they mean nothing else. */
const TAKEN =
  'input:not([type="checkbox"]), textarea, select, [contenteditable=""], [contenteditable="true"], [role="menu"], [role="listbox"], [role="combobox"], [role="dialog"], [role="alertdialog"]'

const isTaken = ({ target }: KeyboardEvent) => target instanceof Element && target.closest(TAKEN) !== null

/**
 * `g` and a letter go to a place, `?` shows all keys, Ctrl or Cmd with K opens the palette. Turned off, no page of the app hears a
 * single key.
 */
export function Keyboard({ children }: { children: ReactNode }) {
  const router = useRouter()
  const [opened, show] = useState<Opened>(null)
  const begunAt = useRef<number | null>(null)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isPaletteKey(event)) {
        event.preventDefault()
        return show((before) => (before === null ? 'palette' : before === 'palette' ? null : before))
      }
      if (!isCharacterKey(event.key) || event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return
      // Heard before anything else on the page, so that the second key of a pair does nothing besides.
      if (!areKeysOn()) return event.stopImmediatePropagation()
      const meaning = readKey(event.key, begunAt.current, event.timeStamp)
      begunAt.current = meaning.kind === 'begin' ? meaning.at : null
      if (meaning.kind === 'nothing' && 'jkx'.includes(event.key))
        void keys.load().then(({ pressListKey }) => pressListKey(event.key), sayNotLoaded)
      if (meaning.kind === 'nothing' || event.repeat) return
      event.preventDefault()
      event.stopImmediatePropagation()
      if (meaning.kind === 'go') router.push(meaning.href)
      if (meaning.kind === 'help') show('keys')
    }
    window.addEventListener('keydown', press, { capture: true })
    return () => window.removeEventListener('keydown', press, { capture: true })
  }, [router])

  const stateOf = (what: Opened) => ({
    open: opened === what,
    onOpenChange: (open: boolean) => show(open ? what : null),
  })
  return (
    <ShowContext value={show}>
      {children}
      <LaterDialog part={keys} {...stateOf('keys')}>
        {({ KeysDialog }) => <KeysDialog {...stateOf('keys')} />}
      </LaterDialog>
      <LaterDialog part={palette} {...stateOf('palette')}>
        {({ PaletteDialog }) => <PaletteDialog {...stateOf('palette')} />}
      </LaterDialog>
    </ShowContext>
  )
}
