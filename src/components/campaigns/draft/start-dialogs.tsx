'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { formatOf } from '@/components/ui/numbers'
import { Time } from '@/components/ui/time'
import { notifyDone } from '@/components/ui/toast'
import { messageOf, useTRPC } from '@/trpc/react'
import { useRefreshCampaigns } from '../acts/use-campaign-acts'
import { momentWords } from '../time-words'

export type Launch = {
  campaign: { id: string; name: string; timezone: string }
  emails: number
  leads: number
  /** Addresses that it sends from. */
  mailboxes: readonly string[]
  firstAt: Date | null
}

type Control = { open: boolean; onOpenChange: (open: boolean) => void }

export const launchWords = (verb: 'Start' | 'Schedule', { emails, leads }: Pick<Launch, 'emails' | 'leads'>) =>
  `${verb}: ${formatOf(emails, 'mail')} to ${formatOf(leads, 'lead')}`

function Facts({ launch: { mailboxes, firstAt, campaign } }: { launch: Launch }) {
  return (
    <>
      <p>
        From {formatOf(mailboxes.length, 'mailbox', 'mailboxes')}: {mailboxes.join(', ')}.
      </p>
      {firstAt && (
        <p>
          The first mail leaves <Time at={firstAt} zone={campaign.timezone} />, at the earliest.
        </p>
      )}
    </>
  )
}

/** Starts at once, after saying to how many and from where. A refusal stays in the dialog. */
export function StartDialog({ launch, open, onOpenChange }: Control & { launch: Launch }) {
  const trpc = useTRPC()
  const router = useRouter()
  const refresh = useRefreshCampaigns()
  const client = useQueryClient()
  const start = useMutation(
    trpc.campaigns.start.mutationOptions({
      onError: () => client.invalidateQueries(trpc.campaigns.preflight.pathFilter()),
    }),
  )
  const campaignId = launch.campaign.id
  const confirm = () =>
    start.mutate(
      { campaignId },
      {
        onSuccess: ({ emailsScheduled, leadsTargeted, leadsLeftOut }) => {
          const out = leadsLeftOut.reduce((sum, { count }) => sum + count, 0)
          notifyDone(`Started. ${formatOf(emailsScheduled, 'mail')} planned for ${formatOf(leadsTargeted, 'lead')}.`, {
            ...(out > 0 ? { description: `${formatOf(out, 'lead')} left out.` } : {}),
          })
          onOpenChange(false)
          router.push(`/campaigns/${campaignId}`)
          void refresh()
        },
      },
    )
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => {
        start.reset()
        onOpenChange(next)
      }}
      title={`${launchWords('Start', launch)}?`}
      confirmLabel={`Start: ${formatOf(launch.emails, 'mail')}`}
      pending={start.isPending}
      error={start.error ? messageOf(start.error) : undefined}
      onConfirm={confirm}
    >
      <Facts launch={launch} />
      <p>Its batches are then taken by this campaign. You can pause it at any time.</p>
    </ConfirmDialog>
  )
}

/** Sets the time at which it starts by itself. */
export function ScheduleDialog({ launch, startAt, open, onOpenChange }: Control & { launch: Launch; startAt: Date }) {
  const trpc = useTRPC()
  const router = useRouter()
  const refresh = useRefreshCampaigns()
  const schedule = useMutation(trpc.campaigns.schedule.mutationOptions())
  const { id: campaignId, timezone } = launch.campaign
  const confirm = () =>
    schedule.mutate(
      { campaignId, startAt },
      {
        onSuccess: () => {
          notifyDone(`Scheduled. It starts ${momentWords(startAt, timezone)}.`)
          onOpenChange(false)
          router.push(`/campaigns/${campaignId}`)
          void refresh()
        },
      },
    )
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => {
        schedule.reset()
        onOpenChange(next)
      }}
      title={`${launchWords('Schedule', launch)}?`}
      confirmLabel={`Schedule: ${formatOf(launch.emails, 'mail')}`}
      pending={schedule.isPending}
      error={schedule.error ? messageOf(schedule.error) : undefined}
      onConfirm={confirm}
    >
      <p>
        It starts by itself <Time at={startAt} zone={timezone} />. Leads and mails are counted again then.
      </p>
      <Facts launch={launch} />
    </ConfirmDialog>
  )
}
