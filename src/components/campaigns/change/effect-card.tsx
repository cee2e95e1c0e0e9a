'use client'

import { Card, CardHeader } from '@/components/ui/card'
import { DefinitionList } from '@/components/ui/data/definition-list'
import { api } from '@/trpc/react'
import type { CampaignDetails, ChangeEffect } from '../api-types'
import { EffectCalendars } from './effect-calendars'
import { effectLines } from './effect-text'

/** What a change would do: in numbers, and on the calendar as it is planned now and as it would be. */
export function EffectCard({ effect, campaign }: { effect: ChangeEffect; campaign: CampaignDetails }) {
  const { data } = api.mailboxes.list.useQuery()
  const mailboxes = (data ?? []).filter(({ id }) => campaign.mailboxes.some((own) => own.id === id))
  return (
    <Card aria-labelledby="effect">
      <CardHeader id="effect" title="What happens" aside={effect.timezone} />
      <DefinitionList items={effectLines(effect)} />
      <EffectCalendars
        days={effect.days}
        mailboxes={{ before: mailboxes, after: mailboxes }}
        titles={{ after: 'With the change', before: 'As planned now' }}
      />
    </Card>
  )
}
