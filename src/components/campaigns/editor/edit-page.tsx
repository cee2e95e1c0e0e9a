'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { ButtonLink } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import type { CampaignDetails } from '../api-types'
import { valuesOf } from './draft/draft-values'
import { useDraft } from './draft/use-draft'
import { DraftEditor } from './draft-editor'
import { DraftSkeleton } from './draft-skeleton'

/** Loads a draft for editing; a campaign that has left the draft state is shown on its own page instead. */
export function EditPage({ campaignId }: { campaignId: string }) {
  const router = useRouter()
  const campaign = api.campaigns.get.useQuery({ campaignId })
  const started = campaign.data !== undefined && campaign.data.status !== 'draft'
  useEffect(() => {
    if (started) router.replace(routes.campaign(campaignId))
  }, [started, campaignId, router])
  if (campaign.error && !campaign.data) {
    return (
      <ErrorState
        title={messageOf(campaign.error)}
        untouched="Nothing was changed."
        action={<ButtonLink href={routes.campaigns()}>Go to campaigns</ButtonLink>}
      />
    )
  }
  if (!campaign.data || started) {
    return (
      <>
        <h1 className="sr-only">Loading the draft</h1>
        <DraftSkeleton label="Loading the draft" />
      </>
    )
  }
  return <StoredDraft campaign={campaign.data} />
}

function StoredDraft({ campaign }: { campaign: CampaignDetails }) {
  const draft = useDraft({ id: campaign.id, type: campaign.type, values: valuesOf(campaign) })
  return <DraftEditor campaign={campaign} draft={draft} />
}
