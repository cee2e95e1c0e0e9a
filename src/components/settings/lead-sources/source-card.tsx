'use client'

import { SampleBadge } from '@/components/lead-sources/sample-badge'
import { SOURCE_PURPOSE } from '@/components/lead-sources/source-purpose'
import { Card, CardBody, CardFooter, CardHeader } from '@/components/ui/card'
import { Chip } from '@/components/ui/chip'
import { ErrorState } from '@/components/ui/error-state'
import { Switch } from '@/components/ui/fields/switch'
import { messageOf } from '@/trpc/react'
import type { LeadSourceState } from '../api-types'
import { KeyForm } from './key-form'
import { RetentionForm } from './retention-form'
import { SourceTest } from './source-test'
import { stateWords } from './source-text'
import { useSaveSource } from './use-save-source'

/** One source: its key, whether runs may use it, whether it answers, and its terms. */
export function SourceCard({ state, mayManage }: { state: LeadSourceState; mayManage: boolean }) {
  const { source, label, keySet, enabled, sample, terms } = state
  const save = useSaveSource(state)
  const { word, tone, icon } = stateWords(state)
  return (
    <Card aria-labelledby={`source-${source}`}>
      <CardHeader
        id={`source-${source}`}
        title={label}
        aside={
          <>
            {sample && <SampleBadge />}
            <Chip tone={tone} icon={icon}>
              {word}
            </Chip>
          </>
        }
      />
      <CardBody className="grid gap-4">
        <p className="-mt-1.5 text-ink-2">{SOURCE_PURPOSE[source]}.</p>
        <KeyForm state={state} mayManage={mayManage} />
        {keySet && (
          <Switch
            label="Runs may ask it"
            hint={enabled ? 'Campaigns that chose it do.' : 'Campaigns that chose it go without.'}
            checked={enabled}
            disabled={!mayManage || save.isPending}
            onCheckedChange={(on) => save.mutate({ enabled: on })}
          />
        )}
        {save.error && <ErrorState title={messageOf(save.error)} untouched="Nothing was saved." />}
        {keySet && mayManage && <SourceTest state={state} />}
        {source === 'google_places' && <RetentionForm state={state} mayManage={mayManage} />}
      </CardBody>
      <CardFooter className="text-caption text-ink-3">{terms}</CardFooter>
    </Card>
  )
}
