'use client'

import { type ReactNode, useEffect, useState } from 'react'
import { Button } from '../button'
import { ErrorState } from '../error-state'
import { type Later, NOT_LOADED } from './later'

/**
 * Shows what a part holds once it is there. `waiting` stands in its place meanwhile, with its size; what does not come
 * says so and can be asked for again.
 */
export function Deferred<Part>({
  part,
  waiting,
  children,
}: {
  part: Later<Part>
  waiting: ReactNode
  children: (part: Part) => ReactNode
}) {
  const loaded = part.use()
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    if (!loaded && !failed) part.load().catch(() => setFailed(true))
  }, [part, loaded, failed])
  if (loaded) return children(loaded)
  if (!failed) return waiting
  return (
    <ErrorState
      {...NOT_LOADED}
      action={
        <>
          <Button onClick={() => setFailed(false)}>Try again</Button>
          <Button onClick={() => location.reload()}>Reload the page</Button>
        </>
      }
    />
  )
}
