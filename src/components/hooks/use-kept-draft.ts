'use client'

import { useEffect, useState } from 'react'

/** `baseline` is what is saved as far as this form knows, `seenAt` when; '' for something new. */
type State<Draft> = { draft: Draft; baseline: Draft; seenAt: string }

/**
 * A form's state that outlives leaving the page: what is not saved is kept in this tab and is there again on return.
 * Closing the tab would lose it, so the browser warns first. Use it below a `useAlive` gate: it reads at first render.
 */
export function useKeptDraft<Draft extends object>(key: string, saved: Draft, savedAt: Date | null) {
  const at = savedAt?.toISOString() ?? ''
  const [kept] = useState(() => readKept<Draft>(key))
  const [state, setState] = useState<State<Draft>>({
    draft: kept?.draft ?? saved,
    baseline: saved,
    seenAt: kept?.seenAt ?? at,
  })
  const dirty = isDirty(state)
  // A newer version came in from elsewhere: a form nobody has touched shows it, another one says so.
  if (!dirty && at > state.seenAt) setState({ draft: saved, baseline: saved, seenAt: at })

  useEffect(() => {
    if (!dirty) {
      sessionStorage.removeItem(key)
      return
    }
    sessionStorage.setItem(key, JSON.stringify({ draft: state.draft, seenAt: state.seenAt }))
    const ask = (event: BeforeUnloadEvent) => {
      if (!areDropped) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [key, state, dirty])

  return {
    draft: state.draft,
    dirty,
    /** Brought back from an earlier visit, and still not saved. */
    restored: kept !== null && dirty,
    /** Another version was saved since this draft was begun. */
    outdated: dirty && at > state.seenAt,
    /** The version this draft began from, for the server to compare. */
    seenAt: state.seenAt ? new Date(state.seenAt) : undefined,
    change: (patch: Partial<Draft>) => setState((old) => ({ ...old, draft: { ...old.draft, ...patch } })),
    /** `draft` is saved now; what was typed meanwhile stays. */
    settle: (draft: Draft, savedAt: Date) =>
      setState((old) => ({ ...old, baseline: draft, seenAt: savedAt.toISOString() })),
    // At once: the form may be gone before its effects run.
    discard: () => {
      setState({ draft: saved, baseline: saved, seenAt: at })
      sessionStorage.removeItem(key)
    },
    forget: () => {
      setState((old) => ({ ...old, baseline: old.draft }))
      sessionStorage.removeItem(key)
    },
  }
}

const isDirty = ({ draft, baseline }: State<object>) => JSON.stringify(draft) !== JSON.stringify(baseline)

/** What is kept under this key in this tab; null where nothing is. */
export function readKept<Draft>(key: string): { draft: Draft; seenAt: string } | null {
  try {
    const text = sessionStorage.getItem(key)
    return text ? JSON.parse(text) : null
  } catch {
    return null
  }
}

/** Keeps a draft in this tab, for the form that begins next under this key. */
export const keepDraft = <Draft extends object>(key: string, draft: Draft) =>
  sessionStorage.setItem(key, JSON.stringify({ draft, seenAt: '' }))

// Of the page that is about to go: nothing asks whether to stay on it.
let areDropped = false

/** Drops whatever was typed in this tab and not saved, before its page is left: the next person at it is another one. */
export function dropDrafts(): void {
  areDropped = true
  sessionStorage.clear()
}
