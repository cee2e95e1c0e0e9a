'use client'

import { FlaskConical } from 'lucide-react'
import { useMayManage } from '@/components/shell/user'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { Stack } from '@/components/ui/layout'
import { SkeletonRows } from '@/components/ui/skeleton'
import { api, messageOf } from '@/trpc/react'
import { AdminOnly } from '../admin-only'
import { SourceCard } from './source-card'
import { isWithoutSources } from './source-text'

/** The lead sources: keys, whether they work, and the terms of each. */
export function LeadSourcesPage() {
  const sources = api.leadSources.list.useQuery()
  const mayManage = useMayManage()
  if (sources.error && !sources.data) {
    return (
      <ErrorState
        title={messageOf(sources.error)}
        untouched="Nothing was changed, and runs go on as planned."
        action={<Button onClick={() => sources.refetch()}>Try again</Button>}
      />
    )
  }
  return (
    <Stack className="max-w-[720px]">
      {mayManage ? (
        <p className="text-control text-ink-2">
          Lead generation asks these services for companies and people. Each needs a key of your own account there.
        </p>
      ) : (
        <AdminOnly>You see here which sources can be used and how they are.</AdminOnly>
      )}
      {sources.data?.some(({ sample }) => sample) && (
        <Callout icon={FlaskConical} title="Sample data sources.">
          This installation asks a local service that answers like the real ones, with made-up companies and people.
        </Callout>
      )}
      {sources.data && isWithoutSources(sources.data) && (
        <Callout icon={FlaskConical} title="No key at hand?">
          Started with <code className="whitespace-nowrap font-mono text-[12.5px]">npm start -- --sample-sources</code>,
          this installation asks a local service instead, which answers like the real ones with made-up companies and
          people.
        </Callout>
      )}
      {sources.data ? (
        sources.data.map((state) => <SourceCard key={state.source} state={state} mayManage={mayManage} />)
      ) : (
        <Card>
          <SkeletonRows rows={6} label="Loading lead sources" />
        </Card>
      )}
    </Stack>
  )
}
