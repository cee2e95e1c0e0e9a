'use client'

import { useRouter } from 'next/navigation'
import { useQueryStates } from 'nuqs'
import { useCallback, useEffect, useRef } from 'react'
import { Button, ButtonLink } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { PageHeader } from '@/components/ui/page-header'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import { TYPE_WORDS } from '../status/type-text'
import { DraftSkeleton } from './draft-skeleton'
import { newParsers } from './new-search-params'

/** Creates a draft of the type that the address names, with a batch when it names one, and goes on to edit it. */
export function NewCampaign() {
  const [{ type, batch }] = useQueryStates(newParsers)
  const router = useRouter()
  const { mutate, error, isPending } = api.campaigns.create.useMutation()
  const asked = useRef(false)
  const create = useCallback(
    () =>
      mutate(
        { campaignType: type, ...(batch && type === 'outreach' ? { batchIds: [batch] } : {}) },
        { onSuccess: ({ id }) => router.replace(routes.editCampaign(id)) },
      ),
    [mutate, batch, type, router],
  )
  useEffect(() => {
    if (asked.current) return
    asked.current = true
    create()
  }, [create])
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Campaigns', href: routes.campaigns() }]}
        title={`New ${TYPE_WORDS[type].adjective} campaign`}
      />
      {error ? (
        <ErrorState
          title={messageOf(error)}
          untouched="No draft was created."
          action={
            <>
              <Button onClick={create} pending={isPending}>
                Try again
              </Button>
              <ButtonLink href={routes.campaigns()}>Back to campaigns</ButtonLink>
            </>
          }
        />
      ) : (
        <DraftSkeleton label="Creating a draft" />
      )}
    </>
  )
}
