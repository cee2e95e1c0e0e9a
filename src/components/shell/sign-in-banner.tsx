'use client'

import { useLive } from '@/components/hooks/use-live'
import { ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { routes } from '@/routes'
import { api } from '@/trpc/react'

/** On every page: the mailboxes whose sign-in their provider has ended. Nothing leaves from them until somebody signs in again. */
export function SignInBanner() {
  const utils = api.useUtils()
  useLive('mailboxes', () => void utils.mailboxes.list.invalidate())
  const { data: mailboxes = [] } = api.mailboxes.list.useQuery(undefined, { refetchInterval: 30_000 })
  const ended = mailboxes.filter(({ signIn }) => signIn?.endedReason)
  const [first] = ended
  if (!first) return null
  const others = ended.length > 1 ? ` and ${ended.length - 1} more` : ''
  return (
    <Callout
      tone="failed"
      className="mb-4"
      title={`Sign in again: ${first.fromEmail}${others}.`}
      action={
        <ButtonLink size="sm" href={ended.length > 1 ? routes.mailboxes : routes.mailbox(first.id)}>
          Fix the mailbox
        </ButtonLink>
      }
    >
      Its provider has ended the sign-in. Nothing leaves from it and nothing is read; both go on by themselves
      afterwards.
    </Callout>
  )
}
