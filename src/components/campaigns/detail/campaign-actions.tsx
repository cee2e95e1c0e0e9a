'use client'

import { Archive, ArchiveRestore, CalendarX, Copy, Pause, PenLine, Play, Square } from 'lucide-react'
import { useState } from 'react'
import { Button, ButtonLink } from '@/components/ui/button'
import { Deferred } from '@/components/ui/later/deferred'
import { later } from '@/components/ui/later/later'
import { LaterDialog } from '@/components/ui/overlays/later-dialog'
import { Menu, type MenuEntry } from '@/components/ui/overlays/menu'
import { ARCHIVABLE } from '@/domain/campaign/state'
import { routes } from '@/routes'
import type { CampaignDetails, Progress } from '../api-types'
import { useCampaignActions } from '../dialogs/use-campaign-actions'
import { useTakeBack } from '../dialogs/use-take-back'

const startNow = later(() => import('./start-now'))
const resume = later(() => import('../dialogs/resume-dialog'))
const stop = later(() => import('../dialogs/stop-dialog'))

/** Pause, Resume, Stop, Start: whichever the campaign's status allows. */
export function CampaignActions({ campaign, progress }: { campaign: CampaignDetails; progress: Progress }) {
  const actions = useCampaignActions()
  const takeBack = useTakeBack(campaign.id)
  const [dialog, setDialog] = useState<'resume' | 'stop' | null>(null)
  const { id, status } = campaign
  const { ledger, generation } = progress
  const close = (open: boolean) => !open && setDialog(null)
  const items: MenuEntry[] = [{ label: 'Duplicate', icon: Copy, onSelect: () => actions.duplicate({ id }) }]
  if (status === 'scheduled') {
    items.push({
      label: 'Take the start back',
      hint: 'Makes it a draft again, to edit or delete',
      icon: CalendarX,
      onSelect: takeBack,
    })
  }
  if (campaign.archivedAt) {
    items.push({ label: 'Take out of the archive', icon: ArchiveRestore, onSelect: () => actions.unarchive({ id }) })
  } else if (ARCHIVABLE.includes(status)) {
    items.push({
      label: 'Archive',
      hint: 'Takes it off the list; its record stays',
      icon: Archive,
      onSelect: () => actions.archive({ id }),
    })
  }
  return (
    <>
      {status === 'scheduled' && (
        <Deferred
          part={startNow}
          waiting={
            <Button icon={Play} disabled>
              Start now
            </Button>
          }
        >
          {({ StartNow }) => <StartNow campaign={campaign} />}
        </Deferred>
      )}
      {status === 'running' && (
        <Button
          icon={Pause}
          pending={actions.pausing}
          onClick={() => actions.pause({ id, waiting: ledger.pending, runs: generation !== null })}
        >
          Pause
        </Button>
      )}
      {(status === 'paused' || status === 'failed') && (
        <Button icon={Play} variant="primary" onClick={() => setDialog('resume')}>
          Resume
        </Button>
      )}
      {(status === 'running' || status === 'paused') && campaign.type !== 'lead_generation' && (
        <ButtonLink icon={PenLine} href={routes.changeCampaign(id)}>
          Change
        </ButtonLink>
      )}
      {status !== 'completed' && status !== 'draft' && (
        <Button icon={Square} onClick={() => setDialog('stop')}>
          Stop
        </Button>
      )}
      <Menu label="More" items={items} />
      <LaterDialog part={resume} open={dialog === 'resume'} onOpenChange={close}>
        {({ ResumeDialog }) => <ResumeDialog campaign={campaign} open={dialog === 'resume'} onOpenChange={close} />}
      </LaterDialog>
      <LaterDialog part={stop} open={dialog === 'stop'} onOpenChange={close}>
        {({ StopDialog }) => (
          <StopDialog campaign={campaign} progress={progress} open={dialog === 'stop'} onOpenChange={close} />
        )}
      </LaterDialog>
    </>
  )
}
