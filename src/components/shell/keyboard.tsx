'use client'

import { useRouter } from 'next/navigation'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { later } from '@/components/ui/later/later'
import { LaterDialog } from '@/components/ui/overlays/later-dialog'
import { isCharacterKey, readKey } from './go-keys'
import { areKeysOn } from './keys-choice'

const keys = later(() => import('./keys-dialog'))

const OpenKeysContext = createContext<() => void>(() => undefined)

/** Opens the list of keys. */
export const useOpenKeys = () => useContext(OpenKeysContext)

/** Where keys are text or move through a list, they mean nothing else. */
const TAKEN =
  'input, textarea, select, [contenteditable=""], [contenteditable="true"], [role="menu"], [role="listbox"], [role="combobox"], [role="dialog"], [role="alertdialog"]'

const isTaken = ({ target }: KeyboardEvent) => target instanceof Element && target.closest(TAKEN) !== null

/** `g` and a letter go to a place, `?` shows all keys. Turned off, no page of the app hears a single key. */
export function Keyboard({ children }: { children: ReactNode }) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const begunAt = useRef<number | null>(null)
  const show = useMemo(() => () => setOpen(true), [])

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isCharacterKey(event.key) || event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return
      // Heard before anything else on the page, so that the second key of a pair does nothing besides.
      if (!areKeysOn()) return event.stopImmediatePropagation()
      const meaning = readKey(event.key, begunAt.current, event.timeStamp)
      begunAt.current = meaning.kind === 'begin' ? meaning.at : null
      if (meaning.kind === 'nothing' || event.repeat) return
      event.preventDefault()
      event.stopImmediatePropagation()
      if (meaning.kind === 'go') router.push(meaning.href)
      if (meaning.kind === 'help') setOpen(true)
    }
    window.addEventListener('keydown', press, { capture: true })
    return () => window.removeEventListener('keydown', press, { capture: true })
  }, [router])

  return (
    <OpenKeysContext value={show}>
      {children}
      <LaterDialog part={keys} open={open} onOpenChange={setOpen}>
        {({ KeysDialog }) => <KeysDialog open={open} onOpenChange={setOpen} />}
      </LaterDialog>
    </OpenKeysContext>
  )
}
