'use client'

import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { Stack } from '@/components/ui/layout'
import { PageHeader } from '@/components/ui/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'
import { api, messageOf } from '@/trpc/react'
import { NameCard } from './name-card'
import { NotificationsCard } from './notifications-card'
import { PasswordCard } from './password-card'
import { SessionsCard } from './sessions-card'
import { TwoFactorCard } from './two-factor-card'

/** A person's own account. */
export function AccountView() {
  const account = api.account.get.useQuery()
  return (
    <>
      <PageHeader title="Your account" />
      {account.data ? (
        <Stack className="max-w-[720px]">
          <NameCard account={account.data} />
          <NotificationsCard address={account.data.email} />
          <PasswordCard />
          <TwoFactorCard on={account.data.twoFactor} />
          <SessionsCard sessions={account.data.sessions} />
        </Stack>
      ) : account.error ? (
        <ErrorState
          title={messageOf(account.error)}
          untouched="Nothing was changed."
          action={<Button onClick={() => account.refetch()}>Try again</Button>}
        />
      ) : (
        <SkeletonRows rows={4} label="Loading your account" />
      )}
    </>
  )
}
