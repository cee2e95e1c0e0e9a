'use client'

import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { PageHeader } from '@/components/ui/page-header'

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <>
      <PageHeader title="This page could not be shown" />
      <ErrorState
        title="The server could not put it together."
        untouched="Nothing was changed, and emails go on as planned."
        todo={error.digest ? `Try again. The server's log has the details under ${error.digest}.` : 'Try again.'}
        action={<Button onClick={reset}>Try again</Button>}
      />
    </>
  )
}
