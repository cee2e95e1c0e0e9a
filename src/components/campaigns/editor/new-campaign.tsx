'use client'

import { skipToken } from '@tanstack/react-query'
import { usePathname, useRouter } from 'next/navigation'
import { useQueryStates } from 'nuqs'
import { useEffect, useRef, useState } from 'react'
import { ButtonLink } from '@/components/ui/button'
import { useNow } from '@/components/ui/clock'
import { ErrorState } from '@/components/ui/error-state'
import { PageHeader } from '@/components/ui/page-header'
import type { CampaignType } from '@/domain/campaign/state'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import { TYPE_WORDS } from '../status/type-text'
import { openStep } from './draft/draft-steps'
import { type DraftValues, newValues } from './draft/draft-values'
import { proposedName } from './draft/proposed-name'
import { useDraft } from './draft/use-draft'
import { DraftEditor } from './draft-editor'
import { DraftSkeleton } from './draft-skeleton'
import { editParsers } from './edit-search-params'
import { newParsers } from './new-search-params'

/** A new campaign of the type that the address names, with a batch when it names one. Nothing is stored before its first change. */
export function NewCampaign({ onStored }: { onStored: (id: string) => void }) {
  const [address] = useQueryStates(newParsers)
  // Its own address, which it gets once it is stored, does not name them.
  const [{ type, batch }] = useState(address)
  const settings = api.settings.get.useQuery()
  const batches = api.batches.list.useQuery(batch !== null && type === 'outreach' ? { ids: [batch] } : skipToken)
  const now = useNow()
  const error = settings.error ?? batches.error
  if (now && settings.data && (batch === null || type !== 'outreach' || batches.data)) {
    const chosen = batches.data?.rows ?? []
    const zone = settings.data.defaultTimezone
    const name = proposedName(type, { batches: chosen.map(({ name }) => name), now, zone })
    const values = newValues(type, { name, timezone: zone, batchIds: chosen.map(({ id }) => id) })
    return <NewDraft type={type} values={values} onStored={onStored} />
  }
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Campaigns', href: routes.campaigns() }]}
        title={`New ${TYPE_WORDS[type].adjective} campaign`}
      />
      {error ? (
        <ErrorState
          title={messageOf(error)}
          untouched="No draft was stored."
          action={<ButtonLink href={routes.campaigns()}>Back to campaigns</ButtonLink>}
        />
      ) : (
        <DraftSkeleton label="Opening a new campaign" />
      )}
    </>
  )
}

function NewDraft({
  type,
  values,
  onStored,
}: {
  type: CampaignType
  values: DraftValues
  onStored: (id: string) => void
}) {
  const draft = useDraft({ id: null, type, values })
  const { id, store } = draft
  const stored = api.campaigns.get.useQuery(id ? { campaignId: id } : skipToken)
  const router = useRouter()
  const path = usePathname()
  const [{ step, start }] = useQueryStates(editParsers)
  // Whoever goes on to a further step wants it, also with everything as it was proposed.
  const goesOn = id === null && step !== null && step !== openStep(type, null)
  const asked = useRef(false)
  useEffect(() => {
    if (!goesOn || asked.current) return
    asked.current = true
    store()
  }, [goesOn, store])
  useEffect(() => {
    if (id === null) return
    onStored(id)
    if (path === routes.newCampaign()) router.replace(routes.editCampaign(id, { step: step ?? undefined, start }), STAY)
  }, [id, path, step, start, router, onStored])
  return <DraftEditor campaign={stored.data ?? { ...UNSTORED, type }} draft={draft} />
}

const STAY = { scroll: false }
const UNSTORED = { steps: [], statusReason: null, scheduledStartAt: null }
