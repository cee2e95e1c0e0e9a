'use client'

import { skipToken } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useState } from 'react'
import { useDebounced } from '@/components/hooks/use-debounced'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { SearchInput } from '@/components/ui/fields/search-input'
import { formatOf } from '@/components/ui/numbers'
import { api, messageOf } from '@/trpc/react'
import type { ChangeValues, LeadToTakeOut } from './change-values'

const AT_ONCE = 8

/** Leads that get nothing more from the campaign: found by name or address. */
export function LeadsCard({
  campaignId,
  values,
  onChange,
}: {
  campaignId: string
  values: ChangeValues
  onChange: (change: Partial<ChangeValues>) => void
}) {
  const [search, setSearch] = useState('')
  const wanted = useDebounced(search.trim(), 200)
  const found = api.campaigns.emails.useQuery(
    wanted ? { campaignId, stepNumber: 1, search: wanted, pageSize: AT_ONCE } : skipToken,
  )
  const { takeOut, takeOutIds, putBackIds } = values
  const isOut = (id: string) => takeOut.some((lead) => lead.id === id)
  const add = (lead: LeadToTakeOut) => onChange({ takeOut: [...takeOut, lead] })
  const remove = (id: string) => onChange({ takeOut: takeOut.filter((lead) => lead.id !== id) })
  return (
    <Card aria-labelledby="change-leads">
      <CardHeader id="change-leads" title="Leads to take out" />
      <CardBody className="grid gap-3">
        <p className="text-ink-2">They get nothing more from this campaign. What they have got stays.</p>
        {takeOutIds.length > 0 && <p>{formatOf(takeOutIds.length, 'lead is', 'leads are')} taken out.</p>}
        {putBackIds.length > 0 && <p>{formatOf(putBackIds.length, 'lead is', 'leads are')} put back.</p>}
        {takeOut.length > 0 && (
          <ul aria-label="Leads to take out" className="grid gap-1.5">
            {takeOut.map(({ id, name, email }) => (
              <li key={id} className="flex items-center gap-2">
                <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                  {name} <span className="text-caption text-ink-3">{email}</span>
                </span>
                <Button icon={X} size="sm" variant="ghost" aria-label={`Keep ${name}`} onClick={() => remove(id)}>
                  Keep
                </Button>
              </li>
            ))}
          </ul>
        )}
        <SearchInput label="Find a lead by name or address" shortcut={false} value={search} onValueChange={setSearch} />
        {found.error && <ErrorState title={messageOf(found.error)} />}
        {wanted !== '' && found.data && (
          <ul aria-label="Found leads" className="grid gap-1.5">
            {found.data.rows.map(({ leadId, leadName, email }) => (
              <li key={leadId} className="flex items-center gap-2">
                <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                  {leadName} <span className="text-caption text-ink-3">{email}</span>
                </span>
                <Button
                  size="sm"
                  disabled={isOut(leadId)}
                  aria-label={`Take out ${leadName}`}
                  onClick={() => add({ id: leadId, name: leadName, email })}
                >
                  Take out
                </Button>
              </li>
            ))}
            {found.data.rows.length === 0 && <li className="text-ink-3">No lead of this campaign matches.</li>}
          </ul>
        )}
      </CardBody>
    </Card>
  )
}
