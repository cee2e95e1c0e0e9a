'use client'

import { Play } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { later } from '@/components/ui/later/later'
import { LaterDialog } from '@/components/ui/overlays/later-dialog'
import { sendingMailboxes } from '@/domain/campaign/sending-mailboxes'
import { api } from '@/trpc/react'
import type { CampaignDetails } from '../api-types'
import { sendersOf } from '../dialogs/launch-text'
import { valuesOf } from '../editor/draft/draft-values'

const dialogs = later(() => import('../dialogs/start-dialogs'))

/** Starts a scheduled campaign before its time. */
export function StartNow({ campaign }: { campaign: CampaignDetails }) {
  const [open, setOpen] = useState(false)
  const preflight = api.campaigns.preflight.useQuery({ campaignId: campaign.id }, { staleTime: 0 })
  const mailboxes = api.mailboxes.list.useQuery()
  const chosen = campaign.mailboxes.map(({ id }) => id)
  return (
    <>
      <Button icon={Play} disabled={!(preflight.data && mailboxes.data)} onClick={() => setOpen(true)}>
        Start now
      </Button>
      {preflight.data && (
        <LaterDialog part={dialogs} open={open} onOpenChange={setOpen}>
          {({ StartDialog }) => (
            <StartDialog
              launch={{
                campaign,
                emails: preflight.data.emails,
                leads: preflight.data.leads,
                ...sendersOf(sendingMailboxes(mailboxes.data ?? [], chosen)),
                firstAt: null,
                plan: valuesOf(campaign),
              }}
              open={open}
              onOpenChange={setOpen}
            />
          )}
        </LaterDialog>
      )}
    </>
  )
}
