'use client'

import { AccountPage } from '@/components/account/account-page'
import { Button } from '@/components/ui/button'

/** Errors before sign-in: most likely the database cannot be reached. */
export default function RootError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <AccountPage
      title="This page could not be shown"
      sub={`Nothing was changed. The database may not answer; the server's log has the details${error.digest ? ` under ${error.digest}` : ''}.`}
    >
      <Button onClick={reset}>Try again</Button>
    </AccountPage>
  )
}
