'use client'

import Link from 'next/link'
import { useState } from 'react'
import { OwnTimeAgo } from '@/components/time/own-time'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { type Definition, DefinitionList } from '@/components/ui/data/definition-list'
import { countryName } from '@/domain/lead/country'
import { FIELD_LABELS, LEAD_FIELDS, type LeadField } from '@/domain/lead/fields'
import { routes } from '@/routes'
import type { LeadDetails } from '../api-types'
import { wasEmailedBefore } from '../emailed-before'
import { CustomFieldsDialog } from './custom-fields-dialog'
import { leadSourceName } from './lead-source-name'

/** The details of a lead, beside its emails. */
export function LeadAside({ lead }: { lead: LeadDetails }) {
  const [editing, setEditing] = useState(false)
  const custom = Object.entries(lead.customFields)
  return (
    <>
      <Card aria-labelledby="details">
        <CardHeader id="details" title="Details" />
        <DefinitionList items={detailsOf(lead)} />
      </Card>
      <Card aria-labelledby="custom">
        <CardHeader
          id="custom"
          title="Custom fields"
          aside={
            <Button variant="link" className="text-caption" onClick={() => setEditing(true)}>
              {custom.length ? 'Edit' : 'Add'}
            </Button>
          }
        />
        {custom.length > 0 ? (
          <DefinitionList items={custom.map(([term, value]) => ({ term, value }))} />
        ) : (
          <CardBody className="text-ink-3">None.</CardBody>
        )}
        {editing && <CustomFieldsDialog lead={lead} onClose={() => setEditing(false)} />}
      </Card>
      <Card aria-labelledby="batches">
        <CardHeader id="batches" title="Batches" />
        <CardBody>
          {lead.batches.length === 0 ? (
            <p className="text-ink-3">In no batch: no campaign can choose this lead.</p>
          ) : (
            <ul className="grid gap-1.5">
              {lead.batches.map((batch) => (
                <li key={batch.id} className="flex items-baseline justify-between gap-3">
                  <Link
                    href={routes.batch(batch.id)}
                    className="min-w-0 rounded-small font-medium text-accent [overflow-wrap:anywhere] hover:underline"
                  >
                    {batch.name}
                  </Link>
                  <span className="shrink-0 text-caption text-ink-3">
                    <OwnTimeAgo at={batch.addedAt} everyMs={60_000} />
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

function detailsOf(lead: LeadDetails): Definition[] {
  const known = LEAD_FIELDS.filter((field) => lead[field]).map((field) => ({
    term: FIELD_LABELS[field],
    value: shownValue(field, lead[field] ?? ''),
  }))
  return [
    ...known,
    ...(wasEmailedBefore(lead)
      ? [{ term: 'Emailed before', value: <OwnTimeAgo at={lead.lastContactedAt} everyMs={60_000} /> }]
      : []),
    { term: 'Source', value: leadSourceName(lead.source) },
    { term: 'Added', value: <OwnTimeAgo at={lead.createdAt} everyMs={60_000} /> },
  ]
}

function shownValue(field: LeadField, value: string) {
  if (field === 'country') return countryName(value)
  // Only what is stored as a web address becomes a link: normalising lets nothing but http and https through.
  if ((field === 'website' || field === 'linkedinUrl') && /^https?:\/\//.test(value)) {
    return (
      <a href={value} target="_blank" rel="noopener noreferrer nofollow" className="text-accent hover:underline">
        {value.replace(/^https?:\/\/(www\.)?/, '')}
      </a>
    )
  }
  return value
}
