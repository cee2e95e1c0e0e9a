'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useRef } from 'react'
import { Button, ButtonLink } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { PageHeader } from '@/components/ui/page-header'
import { messageOf, useTRPC } from '@/trpc/react'
import { DraftSkeleton } from './draft-skeleton'
import { editHref } from './edit-address'

/** Creates an outreach draft, with a batch when one is given, and goes on to edit it. */
export function NewCampaign({ batchId }: { batchId: string | null }) {
  const router = useRouter()
  const { mutate, error, isPending } = useMutation(useTRPC().campaigns.create.mutationOptions())
  const asked = useRef(false)
  const create = useCallback(
    () =>
      mutate(
        { campaignType: 'outreach', ...(batchId ? { batchIds: [batchId] } : {}) },
        { onSuccess: ({ id }) => router.replace(editHref(id, 'leads', null)) },
      ),
    [mutate, batchId, router],
  )
  useEffect(() => {
    if (asked.current) return
    asked.current = true
    create()
  }, [create])
  return (
    <>
      <PageHeader crumbs={[{ label: 'Campaigns', href: '/campaigns' }]} title="New outreach campaign" />
      {error ? (
        <ErrorState
          title={messageOf(error)}
          untouched="No draft was created."
          action={
            <>
              <Button onClick={create} pending={isPending}>
                Try again
              </Button>
              <ButtonLink href="/campaigns">Back to campaigns</ButtonLink>
            </>
          }
        />
      ) : (
        <DraftSkeleton label="Creating a draft" />
      )}
    </>
  )
}
