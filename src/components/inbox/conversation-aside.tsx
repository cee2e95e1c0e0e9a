'use client'

import { Clock } from 'lucide-react'
import Link from 'next/link'
import { CampaignStatusChip } from '@/components/campaigns/status/campaign-status'
import { leadName } from '@/components/leads/lead-name'
import { LeadStatusChip } from '@/components/leads/lead-status'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { useNow } from '@/components/ui/clock'
import { formatOf } from '@/components/ui/numbers'
import { Time } from '@/components/ui/time'
import { countryName } from '@/domain/lead/country'
import { routes } from '@/routes'
import type { Conversation } from './api-types'

type Lead = NonNullable<Conversation['lead']>

/** Who it is that we talk to, and the campaigns that have written to them. */
export function ConversationAside({
  conversation: { lead, correspondent, campaigns, timezone },
}: {
  conversation: Conversation
}) {
  if (!lead)
    return (
      <Card aria-labelledby="correspondent">
        <CardHeader id="correspondent" title="No lead" />
        <CardBody className="grid gap-2">
          <p className="[overflow-wrap:anywhere]">{correspondent || 'The sender is not known.'}</p>
          <p className="text-ink-2">No email of ours was found that this belongs to.</p>
        </CardBody>
      </Card>
    )
  return (
    <>
      <LeadCard lead={lead} zone={timezone} />
      <Card aria-labelledby="campaigns">
        <CardHeader id="campaigns" title="Campaigns" />
        <CardBody>
          {campaigns.length === 0 ? (
            <p className="text-ink-2">None has emails for this lead.</p>
          ) : (
            <ul className="grid gap-3">
              {campaigns.map(({ id, name, status, sent, pending, nextAt }) => (
                <li key={id} className="grid justify-items-start gap-0.5">
                  <Link
                    href={routes.campaign(id)}
                    className="max-w-full rounded-small font-medium text-accent [overflow-wrap:anywhere] hover:underline"
                  >
                    {name}
                  </Link>
                  <CampaignStatusChip campaign={{ status, statusReason: null }} />
                  <span className="text-caption text-ink-2">
                    {formatOf(sent, 'email')} sent, {pending} planned
                    {nextAt && (
                      <>
                        , next <Time at={nextAt} zone={timezone} />
                      </>
                    )}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </CardBody>
      </Card>
    </>
  )
}

function LeadCard({ lead, zone }: { lead: Lead; zone: string }) {
  const now = useNow(60_000)
  const { jobTitle, contactName, companyName, email, phone, city, country } = lead
  const facts = [
    jobTitle,
    contactName ? companyName : null,
    email,
    phone,
    [city, country && countryName(country)].filter(Boolean).join(', '),
  ]
  return (
    <Card aria-labelledby="lead">
      <CardHeader id="lead" title="Lead" />
      <CardBody className="grid justify-items-start gap-1">
        <Link
          href={routes.lead(lead.id)}
          className="max-w-full rounded-small font-medium text-accent [overflow-wrap:anywhere] hover:underline"
        >
          {leadName(lead)}
        </Link>
        <LeadStatusChip status={lead.status} />
        {facts.filter(Boolean).map((fact) => (
          <p key={fact} className="max-w-full text-caption text-ink-2 [overflow-wrap:anywhere]">
            {fact}
          </p>
        ))}
        {lead.awayUntil && now && lead.awayUntil > now && (
          <p className="flex items-start gap-1.5 rounded-control bg-held-soft px-2 py-1 text-caption">
            <Clock aria-hidden className="mt-0.5 size-3.5 shrink-0 text-held-ink" />
            <span>
              Away until <Time at={lead.awayUntil} zone={zone} />
            </span>
          </p>
        )}
      </CardBody>
    </Card>
  )
}
