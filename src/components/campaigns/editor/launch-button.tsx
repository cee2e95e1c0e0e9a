'use client'

import { CalendarClock, Play } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { later } from '@/components/ui/later/later'
import { LaterDialog } from '@/components/ui/overlays/later-dialog'
import { askedSources } from '@/domain/campaign/preflight'
import { sendingMailboxes } from '@/domain/campaign/sending-mailboxes'
import { api } from '@/trpc/react'
import type { CampaignDetails, Preflight } from '../api-types'
import { launchWords, sendersOf } from '../dialogs/launch-text'
import { hasUnsaved } from './draft/saving'
import { mayLaunch } from './draft/step-states'
import type { Draft } from './draft/use-draft'

const dialogs = later(() => import('../dialogs/start-dialogs'))

/** "Start: 1,236 emails to 412 leads", "Start: up to 300 leads per run", or "Schedule". Enabled when nothing stands in the way and everything is saved. */
export function LaunchButton({
  campaign,
  draft,
  preflight,
  firstAt,
  startAt,
  scheduled,
}: {
  campaign: Pick<CampaignDetails, 'id' | 'type'>
  draft: Draft
  preflight: Preflight | undefined
  firstAt: Date | null
  startAt: Date | null
  /** A time was chosen, though it may not be a valid one. */
  scheduled: boolean
}) {
  const [open, setOpen] = useState(false)
  const mailboxes = api.mailboxes.list.useQuery()
  const { values, saving, save } = draft
  const launch = {
    campaign: { id: campaign.id, name: values.name, timezone: values.timezone, type: campaign.type },
    emails: preflight?.emails ?? 0,
    leads: preflight?.leads ?? 0,
    ...sendersOf(sendingMailboxes(mailboxes.data ?? [], values.mailboxIds)),
    firstAt,
    plan: { ...values, leadSources: askedSources(values.leadSources, preflight?.checks ?? []) },
  }
  const verb = scheduled ? 'Schedule' : 'Start'
  const timed = !scheduled || startAt !== null
  const ready =
    preflight !== undefined &&
    mailboxes.data !== undefined &&
    mayLaunch(preflight, scheduled) &&
    timed &&
    !hasUnsaved(saving)
  return (
    <>
      <Button
        variant="primary"
        icon={scheduled ? CalendarClock : Play}
        disabled={!ready}
        title={ready ? undefined : 'Fix what is marked under “Before you start” first.'}
        onClick={async () => (await save()) && setOpen(true)}
      >
        {launchWords(verb, launch)}
      </Button>
      <LaterDialog part={dialogs} open={open} onOpenChange={setOpen}>
        {({ ScheduleDialog, StartDialog }) =>
          startAt ? (
            <ScheduleDialog launch={launch} startAt={startAt} open={open} onOpenChange={setOpen} />
          ) : (
            <StartDialog launch={launch} open={open} onOpenChange={setOpen} />
          )
        }
      </LaterDialog>
    </>
  )
}
