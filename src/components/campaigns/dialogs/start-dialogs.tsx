'use client'

import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { momentWords } from '@/components/time/time-text'
import { useNow } from '@/components/ui/clock'
import { formatOf } from '@/components/ui/numbers'
import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import { notifyDone } from '@/components/ui/overlays/toast'
import { focusTitleOf } from '@/components/ui/page-title'
import { Time } from '@/components/ui/time'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import { delayWords, recurrenceWords, sourceWords } from '../status/plan-text'
import {
  confirmWords,
  type Launch,
  launchWords,
  leavesAtOnce,
  startedWords,
  type Verb,
  whereWords,
} from './launch-text'
import { useRefreshCampaigns } from './use-campaign-actions'

type Control = { open: boolean; onOpenChange: (open: boolean) => void }

function Facts({ launch }: { launch: Launch }) {
  return launch.campaign.type === 'outreach' ? <EmailFacts launch={launch} /> : <RunFacts launch={launch} />
}

function EmailFacts({ launch }: { launch: Launch }) {
  const { mailboxes, firstAt, campaign } = launch
  const now = useNow()
  return (
    <>
      <p className="font-medium">{whereWords(launch)}</p>
      <p>
        From {formatOf(mailboxes.length, 'mailbox', 'mailboxes')}: {mailboxes.join(', ')}.
      </p>
      {firstAt && (
        <p>
          The first email leaves{' '}
          {now && leavesAtOnce(firstAt, now) ? (
            'at once'
          ) : (
            <>
              <Time at={firstAt} zone={campaign.timezone} /> at the earliest
            </>
          )}
          .
        </p>
      )}
    </>
  )
}

function RunFacts({ launch }: { launch: Launch }) {
  const { campaign, plan, mailboxes } = launch
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
          {formatOf(mailboxes.length, 'mailbox', 'mailboxes')}: {mailboxes.join(', ')}.{' '}
          <span className="font-medium">{whereWords(launch)}</span>
        </p>
      )}
    </>
  )
}

/** Closes the dialog and opens the campaign's page, once the server has taken it. */
function useLaunched(campaignId: string, onOpenChange: (open: boolean) => void) {
  const router = useRouter()
  const refresh = useRefreshCampaigns()
  return (text: string, more: { description?: string } = {}) => {
    notifyDone(text, more)
    onOpenChange(false)
    focusTitleOf(routes.campaign(campaignId))
    router.push(routes.campaign(campaignId))
    void refresh()
  }
}

type Step = { isPending: boolean; error: unknown; reset: () => void }

/** The question before a start, now or later. A refusal stays in the dialog. */
function LaunchDialog({
  verb,
  launch,
  step,
  onConfirm,
  open,
  onOpenChange,
  children,
}: Control & { verb: Verb; launch: Launch; step: Step; onConfirm: () => void; children: ReactNode }) {
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => {
        step.reset()
        onOpenChange(next)
      }}
      title={`${launchWords(verb, launch)}?`}
      confirmLabel={confirmWords(verb, launch)}
      pending={step.isPending}
      error={step.error ? messageOf(step.error) : undefined}
      onConfirm={onConfirm}
    >
      {children}
    </ConfirmDialog>
  )
}

/** Starts at once, after saying to how many and from where. */
export function StartDialog({ launch, ...control }: Control & { launch: Launch }) {
  const utils = api.useUtils()
  const start = api.campaigns.start.useMutation({ onError: () => utils.campaigns.preflight.invalidate() })
  const { id: campaignId, type } = launch.campaign
  const launched = useLaunched(campaignId, control.onOpenChange)
  const confirm = () =>
    start.mutate(
      { campaignId },
      {
        onSuccess: ({ emailsScheduled, leadsTargeted, leadsLeftOut }) => {
          const out = leadsLeftOut.reduce((sum, { count }) => sum + count, 0)
          launched(
            startedWords(type, { emailsScheduled, leadsTargeted }),
            out > 0 ? { description: `${formatOf(out, 'lead')} left out.` } : {},
          )
        },
      },
    )
  return (
    <LaunchDialog {...control} verb="Start" launch={launch} step={start} onConfirm={confirm}>
      <Facts launch={launch} />
      <p>
        {type === 'outreach' && 'Its batches are in use by this campaign until it ends. '}You can pause it at any time.
      </p>
    </LaunchDialog>
  )
}

/** Sets the time at which it starts by itself. */
export function ScheduleDialog({ launch, startAt, ...control }: Control & { launch: Launch; startAt: Date }) {
  const schedule = api.campaigns.schedule.useMutation()
  const { id: campaignId, timezone, type } = launch.campaign
  const launched = useLaunched(campaignId, control.onOpenChange)
  const confirm = () =>
    schedule.mutate(
      { campaignId, startAt },
      { onSuccess: () => launched(`Scheduled. It starts ${momentWords(startAt, timezone)}.`) },
    )
  return (
    <LaunchDialog {...control} verb="Schedule" launch={launch} step={schedule} onConfirm={confirm}>
      <p>
        It starts by itself <Time at={startAt} zone={timezone} />.
        {type === 'outreach' && ' Leads and emails are counted again then.'}
      </p>
      <Facts launch={launch} />
    </LaunchDialog>
  )
}
