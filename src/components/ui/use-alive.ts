'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/** False until the page's scripts run. A form sent before that would go the browser's own way, so its button waits. */
export const useAlive = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
