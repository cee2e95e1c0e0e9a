'use client'

import { AccountPage } from '@/components/account/account-page'
import { Button, ButtonLink } from '@/components/ui/button'
import { routes } from '@/routes'

/** Errors before sign-in: most likely the database cannot be reached. */
export default function RootError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <AccountPage
      title="This page could not be shown"
      sub={`Nothing was changed. The database may not answer; the server's log has the details${error.digest ? ` under ${error.digest}` : ''}.`}
    >
      <div className="flex flex-wrap gap-2">
        <Button onClick={reset}>Try again</Button>
        <ButtonLink href={routes.campaigns()}>Go to campaigns</ButtonLink>
      </div>
    </AccountPage>
  )
}
