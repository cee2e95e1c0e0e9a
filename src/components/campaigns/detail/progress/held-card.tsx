'use client'

import { ShieldQuestionMark } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { later } from '@/components/ui/later/later'
import { formatCount, inNumber } from '@/components/ui/numbers'
import { LaterDialog } from '@/components/ui/overlays/later-dialog'
import { TextLink } from '@/components/ui/text-link'
import { routes } from '@/routes'
import { api } from '@/trpc/react'
import type { CampaignDetails } from '../../api-types'
import type { HeldChoice } from '../../dialogs/resolve-held-dialog'
import { missingWords } from './held-text'

const dialog = later(() => import('../../dialogs/resolve-held-dialog'))

/** Emails whose delivery is unknown, and the two ways to resolve them. */
export function HeldCard({ campaign, held, missing }: { campaign: CampaignDetails; held: number; missing: number }) {
  const [choice, setChoice] = useState<HeldChoice | null>(null)
  const { data: settings } = api.settings.get.useQuery()
  const hours = settings?.heldResolveAfterHours ?? 0
  const over = campaign.status === 'completed'
  return (
    <Card>
      <CardHeader
        icon={ShieldQuestionMark}
        iconTone="text-held-ink"
        title={`${formatCount(held)} held, delivery unknown`}
        aside={
          <TextLink quiet href={routes.campaignEmails(campaign.id, 'held')}>
            Show
          </TextLink>
        }
      />
      <CardBody className="grid gap-2.5">
        <p className="text-ink-2">
          A worker stopped while {inNumber(held, 'this was', 'these were')} on the wire. We never send such an email
          again by ourselves.
        </p>
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setChoice('delivered')}>Treat as delivered</Button>
          {!over && <Button onClick={() => setChoice('again')}>Send again</Button>}
        </div>
        {missing > 0 && <p className="text-ink-2">{missingWords(missing, held)}</p>}
        {hours > 0 && (
          <p className="text-caption text-ink-3">
            Undecided after {hours} h,{' '}
            {settings?.heldResolution === 'again' && !over ? 'they are sent again' : 'they count as delivered'}.
          </p>
        )}
      </CardBody>
      <LaterDialog part={dialog} open={choice !== null} onOpenChange={(open) => !open && setChoice(null)}>
        {({ ResolveHeldDialog }) => (
          <ResolveHeldDialog campaignId={campaign.id} count={held} choice={choice} onClose={() => setChoice(null)} />
        )}
      </LaterDialog>
    </Card>
  )
}
