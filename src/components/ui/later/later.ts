'use client'

import { useSyncExternalStore } from 'react'
import { afterFirstSign } from './first-sign'

export type Later<Part> = {
  /** Gets the part, once; after a failure the next call tries again. */
  load: () => Promise<Part>
  /** The part in a component, null until it is there. */
  use: () => Part | null
}

/**
 * A part of the program that the first sight of a page does without: a dialog, the check of a form, a tab that is not
 * open. It is fetched at the first sign of a person, or when it is called for, whichever comes first.
 */
export function later<Part>(get: () => Promise<Part>): Later<Part> {
  let part: Part | null = null
  let loading: Promise<Part> | null = null
  const listeners = new Set<() => void>()
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  const load = () => {
    loading ??= get().then(
      (found) => {
        part = found
        for (const listener of listeners) listener()
        return found
      },
      (error) => {
        loading = null
        throw error
      },
    )
    return loading
  }
  // Failing here is nobody's loss: whoever needs it asks again, and is told.
  afterFirstSign(() => void load().catch(() => undefined))
  return {
    load,
    use: () =>
      useSyncExternalStore(
        subscribe,
        () => part,
        () => null,
      ),
  }
}

/** What is said when a part did not come; the way to try again goes with it. */
export const NOT_LOADED = {
  title: 'This part of the page could not be loaded.',
  todo: 'Check the connection, then try again. If the app was updated meanwhile, reload the page.',
}

const listeners = new Set<() => void>()

/** Calls `listener` whenever a part that a person asked for did not come; the answer ends that. */
export function onNotLoaded(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Says on the page that a part that a person asked for did not come. */
export function sayNotLoaded() {
  for (const listener of listeners) listener()
}
