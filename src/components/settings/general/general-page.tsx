'use client'

import { useMayManage } from '@/components/shell/user'
import { Button } from '@/components/ui/button'
import { Card, CardHeader } from '@/components/ui/card'
import { DefinitionList } from '@/components/ui/data/definition-list'
import { ErrorState } from '@/components/ui/error-state'
import { Stack } from '@/components/ui/layout'
import { formatOf } from '@/components/ui/numbers'
import { SkeletonRows } from '@/components/ui/skeleton'
import { api, messageOf } from '@/trpc/react'
import { AdminOnly } from '../admin-only'
import type { Settings } from '../api-types'
import { KeptCard } from '../kept/kept-card'
import { GeneralForm } from './general-form'
import { generalValues, heldWords } from './general-values'

/** The settings of the whole installation. Everybody reads it, owners and admins change it. */
export function GeneralPage() {
  const settings = api.settings.get.useQuery()
  const mayManage = useMayManage()
  if (settings.error && !settings.data) {
    return (
      <ErrorState
        title={messageOf(settings.error)}
        untouched="Nothing was changed, and emails go on as planned."
        action={<Button onClick={() => settings.refetch()}>Try again</Button>}
      />
    )
  }
  if (!settings.data) {
    return (
      <Card className="max-w-[720px]">
        <SkeletonRows rows={5} label="Loading the settings" />
      </Card>
    )
  }
  return mayManage ? <GeneralForm settings={settings.data} /> : <GeneralFacts settings={settings.data} />
}

function GeneralFacts({ settings }: { settings: Settings }) {
  const values = generalValues(settings)
  const missing = <span className="font-normal text-ink-3">not given yet</span>
  return (
    <Stack className="max-w-[720px]">
      <AdminOnly>Ask an owner or an admin if something here is wrong.</AdminOnly>
      <Card>
        <CardHeader title="General" />
        <DefinitionList
          className="pt-1"
          ruled
          items={[
            { term: 'Company name', value: values.companyName || missing },
            {
              term: 'Postal address',
              value: <span className="whitespace-pre-line">{values.postalAddress || missing}</span>,
              note: 'Stands in every campaign email, as the law asks.',
            },
            { term: 'Default time zone', value: values.defaultTimezone },
            { term: 'Attempts per email', value: values.maxAttempts },
            { term: 'Emails held back', value: heldWords(values) },
            { term: 'Away without a date', value: formatOf(settings.awayDays, 'day') },
            {
              term: 'Read answers before a follow-up',
              value: `${formatOf(settings.freshReadMinutes, 'minute')} before, at most`,
            },
          ]}
        />
      </Card>
      <KeptCard settings={settings} />
    </Stack>
  )
}
