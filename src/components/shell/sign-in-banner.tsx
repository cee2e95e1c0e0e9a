'use client'

import { useLive } from '@/components/hooks/use-live'
import { Deferred } from '@/components/ui/later/deferred'
import { later } from '@/components/ui/later/later'
import { api } from '@/trpc/react'

// Seldom shown, and on every page.
const callout = later(() => import('./sign-in-callout'))

/** On every page: the mailboxes whose sign-in their provider has ended. Nothing leaves from them until somebody signs in again. */
export function SignInBanner() {
  const utils = api.useUtils()
  useLive('mailboxes', () => void utils.mailboxes.list.invalidate())
  const { data: mailboxes = [] } = api.mailboxes.list.useQuery(undefined, { refetchInterval: 30_000 })
  const ended = mailboxes.filter(({ signIn }) => signIn?.endedReason)
  if (ended.length === 0) return null
  return (
    <Deferred part={callout} waiting={null}>
      {({ SignInCallout }) => <SignInCallout ended={ended} />}
    </Deferred>
  )
}
