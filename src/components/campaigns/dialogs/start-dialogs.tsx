'use client'

import { useRouter } from 'next/navigation'
import { momentWords } from '@/components/time/time-text'
import { formatOf } from '@/components/ui/numbers'
import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import { notifyDone } from '@/components/ui/overlays/toast'
import { Time } from '@/components/ui/time'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import { delayWords, recurrenceWords, sourceWords } from '../status/plan-text'
import { confirmWords, type Launch, launchWords, startedWords } from './launch-text'
import { useRefreshCampaigns } from './use-campaign-actions'

type Control = { open: boolean; onOpenChange: (open: boolean) => void }

function Facts({ launch }: { launch: Launch }) {
  return launch.campaign.type === 'outreach' ? <EmailFacts launch={launch} /> : <RunFacts launch={launch} />
}

function EmailFacts({ launch: { mailboxes, firstAt, campaign } }: { launch: Launch }) {
  return (
    <>
      <p>
        From {formatOf(mailboxes.length, 'mailbox', 'mailboxes')}: {mailboxes.join(', ')}.
      </p>
      {firstAt && (
        <p>
          The first email leaves <Time at={firstAt} zone={campaign.timezone} />, at the earliest.
        </p>
      )}
    </>
  )
}

function RunFacts({ launch: { campaign, plan, mailboxes } }: { launch: Launch }) {
  const { timezone, type } = campaign
  return (
    <>
      <p>
        From {sourceWords(plan.leadSources)}. It runs {recurrenceWords({ ...plan, timezone })}; every run fills a batch
        of its own. What the sources charge for is charged.
      </p>
      {type === 'fully_automated' && (
        <p>
          Its leads get their first email {delayWords(plan.outreachDelayDays)}, from{' '}
          {formatOf(mailboxes.length, 'mailbox', 'mailboxes')}: {mailboxes.join(', ')}.
        </p>
      )}
    </>
  )
}

/** Starts at once, after saying to how many and from where. A refusal stays in the dialog. */
export function StartDialog({ launch, open, onOpenChange }: Control & { launch: Launch }) {
  const router = useRouter()
  const refresh = useRefreshCampaigns()
  const utils = api.useUtils()
  const start = api.campaigns.start.useMutation({
    onError: () => utils.campaigns.preflight.invalidate(),
  })
  const campaignId = launch.campaign.id
  const confirm = () =>
    start.mutate(
      { campaignId },
      {
        onSuccess: ({ emailsScheduled, leadsTargeted, leadsLeftOut }) => {
          const out = leadsLeftOut.reduce((sum, { count }) => sum + count, 0)
          notifyDone(startedWords(launch.campaign.type, { emailsScheduled, leadsTargeted }), {
            ...(out > 0 ? { description: `${formatOf(out, 'lead')} left out.` } : {}),
          })
          onOpenChange(false)
          router.push(routes.campaign(campaignId))
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
      confirmLabel={confirmWords('Start', launch)}
      pending={start.isPending}
      error={start.error ? messageOf(start.error) : undefined}
      onConfirm={confirm}
    >
      <Facts launch={launch} />
      <p>
        {launch.campaign.type === 'outreach' && 'Its batches are then taken by this campaign. '}You can pause it at any
        time.
      </p>
    </ConfirmDialog>
  )
}

/** Sets the time at which it starts by itself. */
export function ScheduleDialog({ launch, startAt, open, onOpenChange }: Control & { launch: Launch; startAt: Date }) {
  const router = useRouter()
  const refresh = useRefreshCampaigns()
  const schedule = api.campaigns.schedule.useMutation()
  const { id: campaignId, timezone } = launch.campaign
  const confirm = () =>
    schedule.mutate(
      { campaignId, startAt },
      {
        onSuccess: () => {
          notifyDone(`Scheduled. It starts ${momentWords(startAt, timezone)}.`)
          onOpenChange(false)
          router.push(routes.campaign(campaignId))
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
      confirmLabel={confirmWords('Schedule', launch)}
      pending={schedule.isPending}
      error={schedule.error ? messageOf(schedule.error) : undefined}
      onConfirm={confirm}
    >
      <p>
        It starts by itself <Time at={startAt} zone={timezone} />.
        {launch.campaign.type === 'outreach' && ' Leads and emails are counted again then.'}
      </p>
      <Facts launch={launch} />
    </ConfirmDialog>
  )
}
