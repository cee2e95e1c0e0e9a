'use client'

import { DefinitionList } from '@/components/ui/data/definition-list'
import { formatOf, inNumber } from '@/components/ui/numbers'
import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import { notifyDone } from '@/components/ui/overlays/toast'
import { Skeleton } from '@/components/ui/skeleton'
import { TextLink } from '@/components/ui/text-link'
import { Time } from '@/components/ui/time'
import type { CampaignStatus } from '@/domain/campaign/state'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import type { ResumePreview } from '../api-types'
import { resumeSentence } from './resume-sentence'
import { useRefreshCampaigns } from './use-campaign-actions'

/** Shows what a resume would move before it moves it. */
export function ResumeDialog({
  campaign,
  open,
  onOpenChange,
}: {
  campaign: { id: string; name: string; status: CampaignStatus; type: string; timezone: string }
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const refresh = useRefreshCampaigns()
  const campaignId = campaign.id
  const preview = api.campaigns.resumePreview.useQuery({ campaignId }, { enabled: open, staleTime: 0 })
  const resume = api.campaigns.resume.useMutation({ onSettled: refresh })
  const emails = preview.data ? preview.data.emailsShifted + preview.data.emailsUnchanged : null

  const confirm = () =>
    resume.mutate(
      { campaignId },
      {
        onSuccess: ({ status, emailsShifted }) => {
          onOpenChange(false)
          if (status === 'completed') return notifyDone('Nothing was left to send: the campaign is completed.')
          notifyDone(
            `Resumed. ${emailsShifted > 0 ? `${formatOf(emailsShifted, 'email')} moved.` : 'Nothing had to move.'}`,
          )
        },
      },
    )

  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => {
        resume.reset()
        onOpenChange(next)
      }}
      title={`Resume “${campaign.name}”?`}
      confirmLabel={emails ? `Resume: ${formatOf(emails, 'email')} to send` : 'Resume'}
      pending={resume.isPending}
      error={resume.error ? messageOf(resume.error) : preview.error ? messageOf(preview.error) : undefined}
      onConfirm={confirm}
    >
      {preview.data ? (
        <Preview preview={preview.data} campaign={campaign} />
      ) : (
        !preview.error && (
          <div role="status" className="grid gap-2">
            <span className="sr-only">Working out what will move</span>
            <Skeleton className="h-4" />
            <Skeleton className="h-4 w-2/3" />
          </div>
        )
      )}
    </ConfirmDialog>
  )
}

const held = (emails: number) => inNumber(emails, 'It stays', 'They stay')

function Preview({
  preview,
  campaign,
}: {
  preview: ResumePreview
  campaign: { id: string; status: CampaignStatus; type: string; timezone: string }
}) {
  const { nextAt, lastAt, inDoubt } = preview
  return (
    <>
      <p>{resumeSentence(preview, campaign.type !== 'outreach')}</p>
      {inDoubt && (
        <p>
          <TextLink href={routes.campaignEmails(campaign.id, 'held')}>{formatOf(inDoubt.emails, 'email')}</TextLink> may
          have been sent since the backup of <Time at={inDoubt.takenAt} zone={campaign.timezone} />.{' '}
          {held(inDoubt.emails)} held until a copy is found in Sent or somebody decides; later steps to the same leads
          wait.
        </p>
      )}
      {campaign.status === 'failed' && campaign.type === 'outreach' && (
        <p>Its batches are taken again, so no other campaign can use them.</p>
      )}
      {nextAt && lastAt && (
        <DefinitionList
          className="px-0 pb-0"
          items={[
            { term: 'Next email', value: <Time at={nextAt} zone={campaign.timezone} /> },
            { term: 'Last email', value: <Time at={lastAt} zone={campaign.timezone} />, note: 'if nothing changes' },
          ]}
        />
      )}
    </>
  )
}
