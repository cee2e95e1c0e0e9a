'use client'

import { AccountPage } from '@/components/account/account-page'
import { Button } from '@/components/ui/button'

/** Before the door, where most likely the database does not answer. */
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
